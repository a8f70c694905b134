"""Licence texts set differently, and licence texts that say something else: for tests and benchmarks."""

from __future__ import annotations

import html
import random
import re
import textwrap
from collections.abc import Iterator

WRITTEN_IN = (
    "You may not use it for any commercial purpose.",
    "The licensee shall pay a fee of 100 dollars.",
    "This permission does not extend to the training of machine learning models.",
)
WORD = re.compile(r"(?<![\w<\[{@./])[A-Za-z]{4,}(?![\w@/>\]}])")
NUMBER = re.compile(r"[0-9]+")
COPYRIGHT = re.compile(
    r"copyright\s*(?:\(c\)|©|\[|<|[12][0-9]{3})|©|\(c\)\s|all rights reserved", re.IGNORECASE
)


def paragraphs(text: str) -> list[str]:
    """The parts of a text between blank lines."""
    return [part for part in re.split(r"\n\s*\n", text.strip("\n")) if part.strip()]


def same_text(text: str) -> Iterator[tuple[str, str]]:
    """The text in other clothes: what was done, and the result."""
    parts = paragraphs(text)
    flat = [" ".join(part.split()) for part in parts]
    narrow = textwrap.TextWrapper(60, break_long_words=False, break_on_hyphens=False)
    title, *rest = text.strip().split("\n", 1)
    body = "\n".join(rest)
    yield "as it is", text
    yield "wrapped at 60", "\n\n".join(map(narrow.fill, flat))
    yield "a line for each paragraph", "\n\n".join(flat)
    yield "all on one line", " ".join(flat)
    yield "lines end as on Windows", text.replace("\n", "\r\n")
    yield "tabs and blanks behind", "\n".join(f"\t{line}  " for line in text.split("\n"))
    yield "the title in capitals", f"{title.upper()}\n{body}"
    yield "the title in small letters", f"{title.lower()}\n{body}"
    yield "a byte order mark", "\ufeff" + text
    yield "a holder above", f"Copyright (c) 2019-2024 Ada Lovelace and others\n\n{text}"
    yield "a holder in small letters", f"copyright 2024 ada <ada@example.org>\n\n{text}"
    yield "a company above", f"© 2021 Example Holdings, Inc. All rights reserved.\n\n{text}"
    yield "quoted in Markdown", "\n".join(f"> {line}" for line in text.split("\n"))
    yield "headed in Markdown", f"# **{title.strip()}**\n{body}"
    yield "in a comment", "/*\n" + "\n".join(f" * {line}" for line in text.split("\n")) + "\n */"
    yield "as HTML", "".join(f'<p class="x">{html.escape(part)}</p>\n' for part in parts)
    yield "other quotes", re.sub(r'"([^"]*)"', "“\\1”", text).replace("'", "’")


def changed(text: str, seed: int = 0, times: int = 3) -> Iterator[tuple[str, str]]:
    """The text with one change that means something: what was done, and the result."""
    draw = random.Random(seed)
    parts = paragraphs(text)
    for sentence in WRITTEN_IN:
        at = draw.randrange(len(parts) + 1)
        yield f"wrote in: {sentence}", "\n\n".join([*parts[:at], sentence, *parts[at:]])
        yield f"wrote below: {sentence}", f"{text}\n\n{sentence}\n"
    yield "wrote in the text's own words", _own_words(text, draw)
    for part in draw.sample(parts, min(times, len(parts))):
        if len(part.split()) > 6 and not COPYRIGHT.search(part) and len(parts) > 1:
            yield f"left out: {part[:40]!r}", text.replace(part, "", 1)
    yield from _words(text, draw, times)
    numbers = [found for found in NUMBER.finditer(text) if not _filled_in(text, found.start())]
    for found in draw.sample(numbers, min(times, len(numbers))):
        other = str(int(found[0]) + 1)
        yield f"{found[0]} made {other}", text[: found.start()] + other + text[found.end() :]


def _words(text: str, draw: random.Random, times: int) -> Iterator[tuple[str, str]]:
    places = [found for found in WORD.finditer(text) if not _filled_in(text, found.start())]
    for found in draw.sample(places, min(times, len(places))):
        start, end = found.span()
        yield f"{found[0]} made refused at {start}", f"{text[:start]}refused{text[end:]}"
        yield f"non- before {found[0]} at {start}", f"{text[:start]}non-{text[start:]}"
        yield f"not before {found[0]} at {start}", f"{text[:start]}not {text[start:]}"
    for word in ("not", "no", "or", "and", "provided", "commercial", "except"):
        found_all = list(re.finditer(rf"\b{word}\s", text))
        for found in draw.sample(found_all, min(times, len(found_all))):
            if not _filled_in(text, found.start()):
                yield f"{word} taken away at {found.start()}", text[: found.start()] + text[found.end() :]


def _own_words(text: str, draw: random.Random) -> str:
    """The text with a run of its own words written in once more, elsewhere."""
    words = text.split(" ")
    start = at = draw.randrange(max(len(words) - 12, 1))
    while COPYRIGHT.search(" ".join(words[max(at - 12, 0) : at + 12])):
        at = draw.randrange(len(words))
    return " ".join([*words[:at], *words[start : start + 12], *words[at:]])


def _filled_in(text: str, place: int) -> bool:
    """Whether the place is in a line that everybody fills in, or right below one."""
    start = text.rfind("\n", 0, max(text.rfind("\n", 0, place), 0)) + 1
    end = text.find("\n", place)
    return COPYRIGHT.search(text, start, len(text) if end < 0 else end) is not None
