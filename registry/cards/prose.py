"""What a card's running text says: licence, size, limits, hardware, funding, input and output, imports."""

from __future__ import annotations

import re

from .body import Body, Section, without_marks
from .card import Fact, Source
from .collected import GRAMS, Collected
from .device_names import devices_in, names_device
from .licence_words import LICENSED, licence_in
from .missing import is_missing
from .parameter_counts import count_in_name, count_of, counts_in
from .template import add_labelled, field_of
from .vocabulary import FRAMEWORKS, LIBRARIES, TASK_WORDS

LICENCE_TITLE = re.compile(r"licen[cs](?:e|ing)\b")
LIMIT_TITLE = re.compile(r"limitation|\bbias|\brisks?\b|ethical considerations|caveats")
GRANT_TITLE = re.compile(r"acknowledge?ments?|funding|sponsor")
HARDWARE_TITLE = re.compile(r"(?:training )?(?:hardware|compute infrastructure|infrastructure)\b|compute$")
INPUT_TITLE = re.compile(r"(?:model )?inputs?(?: format)?$")
OUTPUT_TITLE = re.compile(r"(?:model )?outputs?(?: format)?$")
DATA_TITLE = re.compile(
    r"(?:training|pre-?training|fine-?tuning)(?: and evaluation)? data(?:set)?s?$|datasets?(?: used)?$"
)
LANGUAGE_TITLE = re.compile(r"(?:supported )?languages?$")
GRANT = re.compile(
    r"\b(?:(?:was|is|were|been|partially|partly|financially|kindly)\s+(?:supported|funded|sponsored)\s+"
    r"(?:by|through)|funded by|funding from"
    r"|(?:supported|funded) (?:in part )?by (?:the|a) [^.\n]{0,80}(?:grant|foundation|council|program)"
    r"|(?:under|grant) (?:grant )?(?:agreement |no\.? |number )\S+|compute grant"
    r"|compute was (?:provided|sponsored))",
    re.IGNORECASE,
)
TRAINED = re.compile(
    r"\b(?:(?:pre-?)?train(?:ed|ing)?|fine-?tun(?:ed|ing)|GPU hours?|ran on|compute)\b", re.IGNORECASE
)
IMPORTED = re.compile(r"^\s*(?:from|import)\s+([A-Za-z_]\w{1,40})", re.MULTILINE)
USED_FOR = re.compile(r"\buse[ds]? (?:[\w-]+ ){0,4}for (?:the task of )?$")
DOES = re.compile(r"\b(?:for|on|does|performs?)\s+(?:the\s+task\s+of\s+)?$")
EMITTED = re.compile(
    r"(?:emissions?|carbon|CO2|CO₂)[^\n]{0,80}?\b\d[\d.,]*\s*(?:tCO|kgCO|k?g\b|tonnes|tons|kg|t\b)"
    r"|\b(?:emit(?:s|ted|ting)?|released)\b[^\n]{0,60}?\b\d[\d.,]*\s*"
    r"(?:t|k?g|tonnes|tons|kilograms|grams)(?: of)?\s?CO[2₂]",
    re.IGNORECASE,
)
BUILT_WITH = re.compile(
    r"\b(?:built|implemented|written|trained|made|developed) (?:with|in|using|on)"
    r" (?:[\w'’]+ ){0,2}(PyTorch|TensorFlow|JAX|Keras|Flax)\b",
    re.IGNORECASE,
)
VARIANT = re.compile(r"\brepository (?:for|of) the (\d{1,4}(?:\.\d{1,2})?\s?[BM])\b")  # of a family
INTRODUCTION = 2_000  # characters in which a card says what the model is for
# each task's words under the start of the last of them: most texts hold few of those
TASKS_BY_STEM: dict[str, list[tuple[str, str]]] = {}
for _words, _name in TASK_WORDS.items():
    TASKS_BY_STEM.setdefault(_words.split()[-1][:6], []).append((_words, _name))
LONGEST = 600  # of a section that is taken for a field


def read_prose(body: Body, title: str | None, into: Collected) -> None:
    """Adds what the text says. ``title``: the model's name, which may hold its size."""
    for section in body.sections:
        if section.lines and section.title:
            _section(section, into)
    _sentences(body, into)
    for at, text in body.lines_with("param"):
        for count, is_own in counts_in(text):
            sure = 0.7 if is_own else 0.35
            into.add("parameter_count", count, Source.TEXT, text, body.line_at(at), sure)
    for at, text in body.lines_with("repository for the ", "repository of the "):
        for match in VARIANT.finditer(text):
            variant = count_of(match[1])
            if variant is not None:
                into.add("parameter_count", variant, Source.TEXT, text, body.line_at(at), 0.65)
    named = count_in_name(title) if title else None
    if named is not None and title:
        line = next((each.line for each in body.sections if each.level), body.first_line)
        into.add("parameter_count", named, Source.TEXT, title, line, 0.5)
    _imports(body, into)


def _section(section: Section, into: Collected) -> None:
    title = section.title
    if LIMIT_TITLE.search(title):
        _text("limitation_and_bias", section, 0.85, into)
    if LICENCE_TITLE.match(title) or title.endswith(("license", "licence")):
        _licence(section, into)
    elif HARDWARE_TITLE.match(title):
        _devices(section, into)
    elif INPUT_TITLE.match(title):
        _text("input_format", section, 0.7, into)
    elif OUTPUT_TITLE.match(title):
        _text("output_format", section, 0.7, into)
    elif DATA_TITLE.match(title) or LANGUAGE_TITLE.match(title):
        field = "language" if LANGUAGE_TITLE.match(title) else "datasets"
        for line, text in section.lines[:20]:
            if len(text) <= 80 and not (field_of(text.partition(":")[0])):
                item = text.lstrip("-*+ ")
                if item != text or field == "language":
                    add_labelled(field, item, Source.TEXT, text, line, 0.6, into)
    elif GRANT_TITLE.search(title):
        for line, text in section.lines:
            if GRANT.search(text):
                into.add("grant", without_marks(text)[:LONGEST], Source.TEXT, text, line, 0.75)


def _text(field: str, section: Section, sure: float, into: Collected) -> None:
    """The section's whole text as one value, its labels and "more information needed" left out."""
    lines = section.lines if field == "limitation_and_bias" else _first_paragraph(section)
    said = [(line, without_marks(text)) for line, text in lines]
    said = [(line, text) for line, text in said if not is_missing(text)]
    said = [
        (line, text)
        for line, text in said
        if not text.startswith("Users (both direct and downstream) should be")
    ]
    if said:
        text = " ".join(text for _, text in said)
        if field != "limitation_and_bias" and len(text) > LONGEST:
            return
        into.add(field, text, Source.TEXT, said[0][1], said[0][0], sure)


def _first_paragraph(section: Section) -> list[tuple[int, str]]:
    return [each for n, each in enumerate(section.lines) if each[0] == section.lines[0][0] + n]


def _licence(section: Section, into: Collected) -> None:
    for line, text in section.lines[:12]:
        tag = licence_in(text)
        if tag is not None:
            into.add("licence", tag, Source.TEXT, text, line, 0.75)
            return
    line, text = section.lines[0]
    if len(text) <= 80 and not is_missing(without_marks(text)):
        into.add("licence", without_marks(text), Source.TEXT, text, line, 0.4)


def _devices(section: Section, into: Collected) -> None:
    for line, text in section.lines[:15]:
        for device, _ in devices_in(text):
            into.add("hardware", device, Source.TEXT, text, line, 0.7)


def _sentences(body: Body, into: Collected) -> None:
    """What single lines say, wherever they stand."""
    for at, line in body.lines_with(" under"):
        for match in LICENSED.finditer(line):
            tag = licence_in(match["rest"])
            if tag is not None:
                into.add("licence", tag, Source.TEXT, line, body.line_at(at), 0.6)
    for at, line in body.lines_with("grant", "funded by", "supported ", "funding from", "sponsored"):
        if "**" not in line and GRANT.search(line):  # a label's line is the template's
            into.add("grant", without_marks(line)[:LONGEST], Source.TEXT, line, body.line_at(at), 0.55)
    for at, line in body.lines_with("train", "tun", "ran on", "compute", "gpu hour"):
        if names_device(line) and TRAINED.search(line):
            for device, _ in devices_in(line):
                into.add("hardware", device, Source.TEXT, line, body.line_at(at), 0.6)
    for at, line in body.lines_with("pytorch", "tensorflow", "jax", "keras", "flax"):
        for match in BUILT_WITH.finditer(line):
            name = FRAMEWORKS[match[1].lower()]
            into.add("frameworks", name, Source.TEXT, line, body.line_at(at), 0.6)
    for at, line in body.lines_with("emission", "carbon", "co2", "co₂"):
        if "**" not in line and EMITTED.search(line):
            fact = Fact(GRAMS, without_marks(line)[:LONGEST])
            into.add("carbon", fact, Source.TEXT, line, body.line_at(at), 0.5)
    if not into.has("tasks"):
        _tasks(body, into)


def _tasks(body: Body, into: Collected) -> None:
    """The task that the introduction names: "a translation model", "for text generation"."""
    start = body.lower[:INTRODUCTION]
    for stem, tasks in TASKS_BY_STEM.items():
        if stem in start:
            for words, task in tasks:
                _task(words, task, start, body, into)


def _task(words: str, task: str, start: str, body: Body, into: Collected) -> None:
    at = start.find(words)
    while at >= 0:
        before = start[max(0, at - 50) : at]
        is_said = start.startswith(" model", at + len(words)) or USED_FOR.search(before)
        sure = 0.5 if is_said else 0.4
        if is_said or DOES.search(before):
            into.add("tasks", task, Source.TEXT, body.quote_at(at), body.line_at(at), sure)
        at = start.find(words, at + len(words))


def _imports(body: Body, into: Collected) -> None:
    """Libraries and frameworks that the card's own examples import."""
    for code in body.code:
        if "import" not in code.text:
            continue
        for match in IMPORTED.finditer(code.text):
            name = match[1]
            line = code.line + 1 + code.text.count("\n", 0, match.start(1))
            if name in LIBRARIES and name not in ("datasets",):
                into.add("libraries", LIBRARIES[name], Source.TEXT, match[0].strip(), line, 0.6)
            if name in FRAMEWORKS:
                into.add("frameworks", FRAMEWORKS[name], Source.TEXT, match[0].strip(), line, 0.6)
