"""Dockerfiles: RUN, CMD and ENTRYPOINT as command lines, ENV and ARG as variables."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace

from .commands import of_words
from .hit import Hit
from .settings import of_pair
from .shell import of_shell

INSTRUCTION = re.compile(r"^\s*(RUN|CMD|ENTRYPOINT|ENV|ARG|FROM)\s+(.*)$", re.IGNORECASE | re.DOTALL)


def of_dockerfile(text: str) -> list[Hit]:
    """The uses in a Dockerfile."""
    found: list[Hit] = []
    variables: dict[str, tuple[str, ...]] = {}
    image = ""
    entry: list[str] = []
    for line, command in _instructions(text):
        parsed = INSTRUCTION.match(command)
        if parsed is None:
            continue
        word, rest = parsed[1].upper(), parsed[2]
        if word == "FROM":
            image, entry = rest.split()[0] if rest.split() else "", []
        elif word in ("ENV", "ARG"):
            for key, value in _variables(rest):
                variables[key] = (value,)
                found += of_pair(key, value, line)
        else:
            words = _listed(rest)
            if words is None:
                context = "" if word == "RUN" else image
                found += [
                    replace(hit, line=hit.line + line - 1) for hit in of_shell(rest, variables, context)
                ]
            elif word == "ENTRYPOINT":
                entry = words
                found += [replace(hit, line=line) for hit in of_words(words, image)]
            else:
                found += [replace(hit, line=line) for hit in of_words([*entry, *words], image)]
    return found


def _instructions(text: str) -> Iterator[tuple[int, str]]:
    lines = text.splitlines()
    number = 0
    while number < len(lines):
        first, parts = number, [lines[number]]
        while parts[-1].rstrip().endswith("\\") and number + 1 < len(lines):
            number += 1
            parts.append(lines[number])
        number += 1
        yield first + 1, "\n".join(part for part in parts)


def _variables(text: str) -> Iterator[tuple[str, str]]:
    pairs = re.findall(r"""(\w+)=(?:"([^"]*)"|'([^']*)'|(\S*))""", text)
    if pairs:
        yield from ((key, double or single or bare) for key, double, single, bare in pairs)
    elif len(text.split(maxsplit=1)) == 2:
        key, value = text.split(maxsplit=1)
        yield key, value.strip()


def _listed(text: str) -> list[str] | None:
    """The words of the JSON form; None of the shell form."""
    if not text.lstrip().startswith("["):
        return None
    try:
        words = json.loads(text.replace("\\\n", ""))
    except (ValueError, RecursionError):
        return None
    return [word for word in words if isinstance(word, str)] if isinstance(words, list) else None
