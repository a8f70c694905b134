"""Python source, parsed and never run."""

from __future__ import annotations

import ast
import re
import warnings
from functools import cache

from .hit import Hit, UnreadableError
from .hits import hits
from .scopes import read_module
from .table import tokens

ALWAYS = (b"huggingface.co/", b"hf.co/")
SPACY_PACKAGE = re.compile(rb"import[ \t]+[a-z]{2,3}_[a-z]+_[a-z0-9]+_(?:sm|md|lg|trf)\b")


def may_hold(source: bytes) -> bool:
    """Whether anything of the table can be in the source: cheap, and never False where something is."""
    if any(address in source for address in ALWAYS) or SPACY_PACKAGE.search(source):
        return True
    for package, ends in tokens():
        if package in source and ends.search(source) and (not package or _imports(package, source)):
            return True
    return False


def _imports(package: bytes, source: bytes) -> bool:
    """Whether a package of that name, or by that start, is imported, by statement or by function."""
    if (b"import_module" in source or b"__import__" in source) and (
        b'"' + package in source or b"'" + package in source
    ):
        return True
    return importing(package).search(source) is not None


@cache
def importing(package: bytes) -> re.Pattern[bytes]:
    """What finds the import of a package: by itself, or behind others."""
    before = rb"(?:[\w.]+(?:[ \t]+as[ \t]+\w+)?[ \t]*,[ \t\\\r\n]*)*"
    name = re.escape(package)
    return re.compile(
        rb"(?:^|[;:])[ \t]*(?:import[ \t\\\r\n]+" + before + name + rb"|from[ \t\\\r\n]+" + name + rb")",
        re.MULTILINE,
    )


def of_python(source: bytes | str) -> list[Hit]:
    """The uses in Python source; bytes are decoded as PEP 263 says. Raises UnreadableError."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of invalid escapes in what others wrote
        try:
            return hits(read_module(ast.parse(source)))
        except SyntaxError as error:
            where = f"line {error.lineno}: " if error.lineno else ""
            raise UnreadableError(f"not Python 3: {where}{error.msg}") from None
        except ValueError as error:
            raise UnreadableError(f"not Python 3: {str(error)[:100]}") from None
        except (RecursionError, MemoryError):
            raise UnreadableError("nested too deeply") from None
