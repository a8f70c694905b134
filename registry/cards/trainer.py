"""What training libraries write into a card: the base model, dataset, results, hyper-parameters, versions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice

from ..catalogue.model_record import BaseModel
from .body import Body, Bullet, Section
from .card import Fact, Score, Source
from .collected import Collected
from .declared import RELATIONS
from .hidden_text import Code
from .markdown_tables import Table, number
from .missing import is_missing
from .vocabulary import FRAMEWORKS, LIBRARIES

SURE = 0.95
# "This model is a fine-tuned version of [x](url) on the y dataset", and its kin of PEFT, TRL and others
TUNED = re.compile(
    r"\b(?P<how>fine-?tuned|quantized|quantised|LoRA adapter|adapter|merge)(?: version| variant)?"
    r"(?: of| from| for)(?: the| a)?(?: base)?(?: model)?\s+"
    r"(?:\[(?P<name>[^\]\n]{1,200})\](?:\((?P<url>[^)\s]{1,300})\))?"
    r"|[`*]{1,3}(?P<quoted>[\w.-]{1,100}(?:/[\w.-]{1,100})?)[`*]{1,3}|(?P<bare>[\w.-]{1,100}/[\w.-]{1,100}))",
    re.IGNORECASE,
)
ON_DATASET = re.compile(
    r"\bon (?P<all>(?:the )?"
    r"(?:\[[^\]\n]{1,200}\](?:\([^)\s]{0,300}\))?|[\w./@-]{1,150}(?: [\w./@-]{1,60}){0,4}?)"
    r"(?:,? (?:and )?the [\w./@-]{1,150}){0,8}) datasets?\b"
)
HUB_MODEL = re.compile(
    r"https?://(?:www\.)?(?:huggingface\.co|hf\.co)/(?!datasets/|spaces/|papers/|docs/|blog/)([\w.-]{1,100}(?:/[\w.-]{1,100})?)"
)
PAIR = re.compile(
    r"(?:\*\*|`)?([A-Za-z][\w @./()%-]{0,58}?)(?:\*\*|`)?\s*(?::|=)\s*(?:\*\*)?\s*(\S.{0,300})$"
)
VERSION = re.compile(r"(?:\*\*)?([A-Za-z][\w .-]{1,40}?)(?:\*\*)?\s*:?\s+v?(\d[\w.+!-]{0,40})$")
GENERATED = ("this model is a fine-tuned version of [", "this is a [sentence-transformers]")
MOST_SENTENCES = 50  # that may name a base model
MOST_IN_A_LINE = 5
MOST_IN_CODE = 100
MOST_MERGED = 12
ASSIGNED = re.compile(r"\s*([A-Za-z_]\w{1,40})\s*[=:]\s*(\S.{0,80}?),?\s*$")
REACH = 600  # of the dataset's name from the model's
HYPER = re.compile(r"hyper-?\s?parameters?\b")
VERSIONS = re.compile(r"framework versions?\b|software versions?\b")
METRIC_LIST = re.compile(r"(?:validation|test|evaluation) (?:metrics|results)$|metrics$|results$")
RESULTS = "achieves the following results"
HOWS = {"lora adapter": "adapter", "quantised": "quantized"}
MERGED = re.compile(r"models? merged\b")
NO_DATASET = frozenset(
    {"none", "unknown", "an unknown", "following", "same", "evaluation", "this", "own", "custom", "private"}
)


def read_trainer(body: Body, into: Collected) -> None:
    """Adds what the known generators write."""
    _tuned(body, into)
    if RESULTS in body.text:
        for section in body.sections:
            if any(RESULTS in text for _, text in section.lines[:3]):
                _results(section, into)
    for table in body.tables:
        if len(table.header) == 2 and (HYPER.match(table.header[0].lower()) or HYPER.search(table.section)):
            _hyper_table(table, into)
    for code in body.code:
        if HYPER.search(body.section_at(code.line)):
            _hyper_code(code, into)
    for at, text in body.lines_with("merge of the following", "following models were"):
        _merged_below(body, body.line_at(at), text, into)
    title, read = "", None
    for bullet in body.bullets:
        if bullet.section is not title:
            title = bullet.section
            read = _reader(title)
        if read is not None:
            read(bullet, into)


def _reader(title: str) -> Callable[[Bullet, Collected], None] | None:
    """What reads the bullets under that heading, None where nothing does."""
    if METRIC_LIST.match(title):
        return _listed_result
    if HYPER.search(title):
        return _hyper
    if VERSIONS.match(title):
        return _version
    return _merged if MERGED.match(title) else None


def _hyper_code(code: Code, into: Collected) -> None:
    """``batch_size = 32`` in a block under such a heading."""
    for n, text in enumerate(code.text.split("\n")[:MOST_IN_CODE], code.line + 1):
        match = ASSIGNED.match(text)
        if match is not None:
            fact = Fact(match[1], match[2], number(match[2]))
            into.add("hyper_parameters", fact, Source.TEXT, text.strip(), n, 0.75)


def _merged_below(body: Body, line: int, text: str, into: Collected) -> None:
    """The models listed right below a line that announces them."""
    for bullet in body.bullets:
        if line < bullet.line <= line + MOST_MERGED and "merge" in f"{text} {bullet.section}".lower():
            _merged(bullet, into)


def _hyper_table(table: Table, into: Collected) -> None:
    for line, row in table.rows:
        if len(row) == 2 and not is_missing(row[1]):
            fact = Fact(row[0], row[1], number(row[1]))
            into.add("hyper_parameters", fact, Source.TABLE, f"| {row[0]} | {row[1]} |", line, 0.9)


def _tuned(body: Body, into: Collected) -> None:
    """The sentence that names the base model and, behind it, the dataset."""
    for at, text in islice(body.lines_with("tuned", "ersion of", "dapter", "merge of"), MOST_SENTENCES):
        for match in islice(TUNED.finditer(text), MOST_IN_A_LINE):
            model = named_model(match)
            if model is not None:
                _base(match, model, text, body.line_at(at), into)


def _base(match: re.Match[str], model: str, text: str, line: int, into: Collected) -> None:
    how = match["how"].lower().replace("-", "")
    relation = HOWS.get(match["how"].lower(), "finetune" if how == "finetuned" else how)
    relation = relation if relation in RELATIONS else "finetune"
    generated = text.lower().startswith(GENERATED)
    source, sure = (Source.TRAINER, SURE) if generated else (Source.TEXT, 0.8)
    into.add("base_models", BaseModel(model, relation), source, text, line, sure)
    for dataset in datasets_of(text[match.end() : match.end() + REACH]):
        into.add("datasets", dataset, source, text, line, sure - 0.05)


def named_model(match: re.Match[str]) -> str | None:
    """The model's name on the hub by its link, else as the text names it; None where that is no name."""
    url = HUB_MODEL.match(match["url"] or "")
    name = url[1] if url else match["name"] or match["quoted"] or match["bare"]
    name = name.strip(" `*").rstrip(".")
    return None if is_missing(name) or " " in name or name.startswith(".") else name


def datasets_of(text: str) -> Iterator[str]:
    """The datasets of "on the x, the y and the z datasets"."""
    match = ON_DATASET.search(text)
    if match is None:
        return
    for part in re.split(r",? and |, ", match["all"]):
        name = part.strip().removeprefix("the ").strip()
        link = re.match(r"\[([^\]]+)\](?:\(https?://huggingface\.co/datasets/([\w./-]+)\))?", name)
        name = (link[2] or link[1]) if link else name
        if name.lower() not in NO_DATASET and len(name.split()) <= 4 and not is_missing(name):
            yield name


def _results(section: Section, into: Collected) -> None:
    """The list below "It achieves the following results on the evaluation set:"."""
    begun = False
    for line, text in section.lines:
        if RESULTS in text:
            begun = True
        elif begun and text[:1] in "-*":
            match = PAIR.match(text[1:].strip())
            if match is not None and number(match[2]) is not None:
                score = Score(match[1].strip(), match[2].strip(), number(match[2]))
                into.add("evaluation", score, Source.TRAINER, text, line, 0.9)
        elif begun:
            return


def _listed_result(bullet: Bullet, into: Collected) -> None:
    match = PAIR.match(bullet.text)
    if match is not None and number(match[2]) is not None:
        score = Score(match[1].strip(), match[2].strip(), number(match[2]))
        into.add("evaluation", score, Source.TRAINER, bullet.text, bullet.line, 0.85)


def _hyper(bullet: Bullet, into: Collected) -> None:
    match = PAIR.match(bullet.text)
    if match is None or is_missing(match[2]):
        return
    text = match[2].strip().strip("`")
    name = match[1].strip().strip("`* ")
    sure = SURE if "_" in name or name in ("seed", "optimizer") else 0.85
    into.add(
        "hyper_parameters", Fact(name, text, number(text)), Source.TRAINER, bullet.text, bullet.line, sure
    )


def _version(bullet: Bullet, into: Collected) -> None:
    match = VERSION.match(bullet.text)
    if match is None:
        return
    name = match[1].strip().lower().replace(" ", "-")
    if name in FRAMEWORKS:
        into.add("frameworks", FRAMEWORKS[name], Source.TRAINER, bullet.text, bullet.line, SURE)
    if name in LIBRARIES:
        into.add("libraries", LIBRARIES[name], Source.TRAINER, bullet.text, bullet.line, SURE)


def _merged(bullet: Bullet, into: Collected) -> None:
    """mergekit's list of what was merged."""
    url = HUB_MODEL.search(bullet.text)
    name = url[1] if url else bullet.text.strip(" `*")
    if re.fullmatch(r"[\w.-]{1,100}/[\w.-]{1,100}", name):
        into.add("base_models", BaseModel(name, "merge"), Source.TRAINER, bullet.text, bullet.line, SURE)
