"""Notebooks: the code cells as one module, and the lines that a shell gets."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from .hit import Hit, UnreadableError
from .python import may_hold, of_python
from .shell import of_shell

SHELL_CELL = re.compile(r"%%(?:bash|sh|script|system|!)")
LINE_MAGIC = re.compile(r"^(\s*)(?:[%!?]|[\w.]+\s*=\s*[%!])")
SHELL_LINE = re.compile(r"^\s*(?:[\w.]+\s*=\s*)?(?:!+|%(?:sx|system)\s|%(?=pip|conda))(.*)$")


@dataclass(frozen=True, slots=True)
class _Cell:
    number: int  # from 1, of all cells
    source: str


def of_notebook(text: bytes) -> list[Hit]:
    """The uses in a notebook: line in its cell's code, the cell in ``detail``. Raises UnreadableError."""
    found: list[Hit] = []
    python: list[_Cell] = []
    for cell in _cells(text):
        if SHELL_CELL.match(cell.source.lstrip()):
            body = "\n" + cell.source.lstrip().partition("\n")[2]
            found += _in_cell(of_shell(body), cell.number)
            continue
        found += _in_cell(_shell_lines(cell.source), cell.number)
        plain = _python(cell.source)
        if may_hold_names(plain):
            python.append(_Cell(cell.number, plain))
    return found + _of_cells(python)


def may_hold_names(source: str) -> bool:
    """Whether a cell is Python at all; a broken one is left out and takes no other with it."""
    try:
        ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return bool(source.strip())


def _cells(text: bytes) -> Iterator[_Cell]:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"not a notebook: {str(error)[:100]}") from None
    if not isinstance(document, dict):
        raise UnreadableError("not a notebook: it holds no cells")
    cells = document.get("cells")
    if cells is None and isinstance(document.get("worksheets"), list):  # before version 4
        cells = [
            c for sheet in document["worksheets"] if isinstance(sheet, dict) for c in sheet.get("cells") or ()
        ]
    if not isinstance(cells, list):
        raise UnreadableError("not a notebook: it holds no cells")
    for number, cell in enumerate(cells, 1):
        if isinstance(cell, dict) and cell.get("cell_type") == "code":
            source = cell.get("source", cell.get("input", ""))
            lines = source if isinstance(source, list) else [source]
            yield _Cell(number, "".join(line for line in lines if isinstance(line, str)))


def _python(source: str) -> str:
    """The cell with a ``pass`` in place of each line that is no Python; lines stay where they are."""
    if source.lstrip().startswith("%%"):
        head, _, rest = source.lstrip().partition("\n")
        known = re.match(r"%%(?:time|timeit|capture|prun|writefile\s+\S+\.py)\b", head)
        return "\n" + _python(rest) if known else ""
    return "\n".join(_plain(line) for line in source.split("\n"))


def _plain(line: str) -> str:
    found = LINE_MAGIC.match(line)
    if found:
        return f"{found[1]}pass"
    return re.sub(r"^(\s*)[\w.]+\?{1,2}\s*$", r"\1pass", line)


def _shell_lines(source: str) -> list[Hit]:
    lines = source.split("\n")
    script = ["" for _ in lines]
    for number, line in enumerate(lines):
        found = SHELL_LINE.match(line)
        if found:
            script[number] = found[1]
            while lines[number].rstrip().endswith("\\") and number + 1 < len(lines):
                number += 1
                script[number] = lines[number]
    names = {}
    for name, value in re.findall(r"""^(\w+)\s*=\s*["']([^"'\n]+)["']\s*$""", source, re.MULTILINE):
        names[name] = (value,)
    text = re.sub(r"\{(\w+)\}", r"${\1}", "\n".join(script))
    return of_shell(text, names) if any(script) else []


def _of_cells(cells: list[_Cell]) -> list[Hit]:
    """The uses of all cells, read as one module in their order."""
    starts: list[tuple[int, int]] = []  # first line in the module, cell
    lines = 1
    for cell in cells:
        starts.append((lines, cell.number))
        lines += cell.source.count("\n") + 1
    source = "\n".join(cell.source for cell in cells)
    if not may_hold(source.encode("utf-8", "surrogatepass")):
        return []
    found: list[Hit] = []
    for hit in of_python(source):
        first, number = max(start for start in starts if start[0] <= hit.line)
        found += _in_cell([replace(hit, line=hit.line - first + 1)], number)
    return found


def _in_cell(hits: Iterable[Hit], number: int) -> list[Hit]:
    return [replace(h, detail=f"cell {number}" + (f": {h.detail}" if h.detail else "")) for h in hits]
