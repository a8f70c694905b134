"""Shell: the commands of a script one after another, with its simple variables put in."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from dataclasses import replace

from .commands import of_words
from .hit import Hit, UnreadableError
from .python import may_hold, of_python

LONGEST = 20_000  # characters of one command
ASSIGNED = re.compile(
    r"^\s*(?:export\s+|local\s+|readonly\s+|declare\s+(?:-\w+\s+)?)?(\w+)\s*(?:=|:=|\?=)(?!=)\s*(.*)$"
)
VARIABLE = re.compile(r"\$(?:\{(\w+)(?::?[-=]([^}]*))?\}|\((\w+)\)|(\w+))")
SEPARATOR = re.compile(r"^(?:;|;;|&&|\|\||\||&|\(|\)|\n)+$")
HEREDOC = re.compile(r"<<-?\s*(['\"]?)(\w+)\1")
LOOP = re.compile(r"^\s*for\s+(\w+)\s+in\s+(.*?)\s*(?:;\s*do\b.*)?$")
COMMENT = re.compile(r"(?:^|(?<=\s))#.*$")
OF_A_DEFAULT = 0.65


def of_shell(
    text: str, variables: Mapping[str, tuple[str, ...]] | None = None, context: str = ""
) -> list[Hit]:
    """The uses in a script; lines from 1. ``variables``: what is set before it runs."""
    known: dict[str, tuple[str, ...]] = dict(variables or {})
    found: list[Hit] = []
    for line, command, inner in _commands(text):
        _assign(command, known)
        if inner is not None and re.match(r"\s*(?:\S*/)?python[\d.]*\b", command):
            found += _python(inner, line)
            continue
        for words in _split(command):
            for expanded in _expanded(words, known):
                written = dict(zip(expanded, words, strict=True))
                found += _at(of_words(expanded, context), command, line, written)
                found += _inline(expanded, line)
    return list(dict.fromkeys(found))


def _commands(text: str) -> Iterator[tuple[int, str, str | None]]:
    """Each command with its first line, its lines joined, and what a here-document feeds it."""
    lines = text.splitlines()
    number = 0
    while number < len(lines):
        first, parts = number, [_uncommented(lines[number])]
        while parts[-1].rstrip().endswith("\\") and number + 1 < len(lines):
            parts[-1] = parts[-1].rstrip()[:-1]
            number += 1
            parts.append(_uncommented(lines[number]))
        number += 1
        command = "\n".join(parts)
        heredoc = HEREDOC.search(command)
        if heredoc is None:
            yield first + 1, command, None
            continue
        end = next((n for n in range(number, len(lines)) if lines[n].strip() == heredoc[2]), len(lines))
        body = "\n".join(lines[number:end])
        yield first + 1, command, "\n" * (number - first) + body
        number = end + 1


def _uncommented(line: str) -> str:
    found = COMMENT.search(line)
    if found and not (line[: found.start()].count('"') % 2 or line[: found.start()].count("'") % 2):
        return line[: found.start()]
    return line


def _assign(command: str, known: MutableMapping[str, tuple[str, ...]]) -> None:
    """Notes what a variable is set to; of a loop, each of its words."""
    loop = LOOP.match(command)
    if loop:
        known[loop[1]] = tuple(word for word in _words(loop[2]) if not SEPARATOR.match(word))[:12]
        return
    set_ = ASSIGNED.match(command)
    if set_:
        words = _words(set_[2])
        value = words[0] if words else ""
        known[set_[1]] = tuple(" ".join(each) for each in _expanded([value], known))


def _words(command: str) -> list[str]:
    lexer = shlex.shlex(command[:LONGEST].replace("\n", " "), posix=True, punctuation_chars=";&|")
    lexer.whitespace_split = True
    lexer.commenters = ""
    try:
        return list(lexer)
    except ValueError:  # a quote that another line closes
        return command[:LONGEST].split()


def _split(command: str) -> Iterator[list[str]]:
    """The simple commands between ;, && and |."""
    words: list[str] = []
    for word in [*_words(command), ";"]:
        if SEPARATOR.match(word):
            if words:
                yield words
            words = []
        else:
            words.append(_bare(word))


def _bare(word: str) -> str:
    """A word without the parentheses or backquotes of the command that it begins or ends."""
    around = word[:1] in "`(" or (word[-1:] in "`)" and "$(" not in word)
    return word.strip("`()") if around and " " not in word else word


def _expanded(words: Sequence[str], known: Mapping[str, tuple[str, ...]]) -> Iterator[list[str]]:
    """The words with variables put in; once for each value where one has several."""
    several = {name for word in words for name in _names(word) if len(known.get(name, ())) > 1}
    name = min(several, default=None)
    for value in known[name] if name is not None else ("",):
        values = {key: each[0] for key, each in known.items() if each}
        if name is not None:
            values[name] = value
        yield [_put(word, values) for word in words]


def _names(word: str) -> list[str]:
    return [found[1] or found[3] or found[4] for found in VARIABLE.finditer(word)]


def _put(word: str, values: Mapping[str, str]) -> str:
    def value(found: re.Match[str]) -> str:
        name = found[1] or found[3] or found[4]
        if name in values:
            return values[name]
        return found[2] if found[2] is not None else found[0]

    return VARIABLE.sub(value, word)[:LONGEST]


def _at(hits: Iterator[Hit], command: str, line: int, written: Mapping[str, str]) -> Iterator[Hit]:
    """The hits at the line of the command where the model stands, or the variable that holds it."""
    lines = command.split("\n")
    for hit in hits:
        sought = hit.model_id or hit.detail
        texts = [sought, *(before for after, before in written.items() if sought and sought in after)]
        offset = next((n for text in texts for n, each in enumerate(lines) if text and text in each), 0)
        yield replace(hit, line=line + offset)


def _inline(words: Sequence[str], line: int) -> list[Hit]:
    """The uses of ``python -c "…"``."""
    for number, word in enumerate(words[:-1]):
        if word == "-c" and re.search(r"python[\d.]*$", words[number - 1]):
            return [replace(hit, line=line) for hit in _python(words[number + 1], line)]
    return []


def _python(source: str, line: int) -> list[Hit]:
    """The uses of Python that stands in a script; none where it can't be parsed."""
    if not may_hold(source.encode("utf-8", "surrogatepass")):
        return []
    try:
        return [replace(hit, line=hit.line + line - 1) for hit in of_python(source)]
    except UnreadableError:
        return []
