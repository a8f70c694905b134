"""How fast models are imported and found: ``python -m benchmarks.model_search``.

A file of 300,000 made-up models (JSON lines, one seed) is imported into a new store, and asked questions of
every kind in one process, after a first question that is not timed. Beside it pandas reads the same file
and answers the same questions by masks on lower-case columns that were made beforehand; both must name the
same models in the same order, else the program ends. Pandas has no verdicts: it gets the licences that may
be used. Seconds on the clock, and of the processor, which other work
delays less; the load of the machine is told.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import pandas as pd
from fitment.registry.catalogue.model_fit import OVERHEAD, bytes_of, device
from fitment.registry.catalogue.model_search import Wanted, search
from fitment.registry.catalogue.permissions import permission
from fitment.registry.imports.models_file import read_models, store_models
from fitment.registry.licences.verdicts import Verdict
from fitment.registry.storage.store import Store

from benchmarks.store_scores import Claim, folder, machine

Found = TypeVar("Found")

RECORDS = 300_000
ROUNDS = 7
LICENCES = (
    *("apache-2.0", "mit", "llama2", "llama3.1", "gemma", "openrail", "creativeml-openrail-m", "cc-by-4.0"),
    *("cc-by-nc-4.0", "bigscience-bloom-rail-1.0", "gpl-3.0", "bsd-3-clause", "afl-3.0", "other", None),
)
ARCHITECTURES = ("LlamaForCausalLM", "BertModel", "UNet2DConditionModel", "T5ForConditionalGeneration")
TASKS = ("text-generation", "fill-mask", "text-to-image", "translation")


@dataclass(frozen=True, slots=True)
class Question:
    """One question, in our words and in pandas'."""

    name: str
    wanted: Wanted
    mask: Callable[[pd.DataFrame], pd.Series[bool]]


def main(arguments: list[str] | None = None) -> None:
    """Prints a table of all claims; ends where the two disagree."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--records", type=int, default=RECORDS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    given = parser.parse_args(arguments)
    print(f"{machine()}; load {os.getloadavg()[0]:.2f} at the start\n")
    with folder(None) as where:
        file = where / "models.jsonl"
        write(file, given.records)
        print(f"{given.records:,} models, {file.stat().st_size / 1e6:.0f} MB\n")
        print(f"{'':<54} {'goal':>13} {'median':>9} {'least':>9}   {'most':<9}")
        store = Store.open(where / "models.duckdb", create=True)
        for claim in imported(store, file):
            print(claim.line(), flush=True)
        wall, cpu, frame = timed(lambda: prepared(pd.read_json(file, lines=True)))
        print(Claim("pandas reads the file, keeps nothing", "s", [wall]).line())
        print(Claim("pandas reads the file, keeps nothing", "CPU s", [cpu]).line())
        with store.reading() as connection:
            for claim in asked(connection, frame, given.rounds):
                print(claim.line(), flush=True)


def write(file: Path, count: int) -> None:
    """Writes ``count`` models, always the same ones."""
    draw = random.Random(7)
    tags = [f"tag{number}" for number in range(400)] + ["chat", "code"]
    with file.open("w", encoding="utf-8") as out:
        for number in range(count):
            licence = draw.choice(LICENCES)
            kind = draw.choice(("7b", "13b", "chat"))
            row: dict[str, Any] = {
                "model_id": f"org{draw.randrange(20_000)}/model-{number}-{kind}",
                "name": f"Model {number}",
                "version": "1.0",
                "organization": f"org{draw.randrange(20_000)}",
                "parameter_count": draw.choice((10**8, 7 * 10**9, 13 * 10**9, 70 * 10**9)) + number,
                "model_size_gb": 0.1 + draw.randrange(1000) / 10,
                "architecture": draw.choice(ARCHITECTURES),
                "task": draw.choice(TASKS),
                "tags": draw.sample(tags, 5),
                "release_date": (date(2020, 1, 1) + timedelta(days=draw.randrange(2000))).isoformat(),
                "performance_metrics": {
                    "mmlu": draw.randrange(1000) / 1000,
                    "arc": draw.randrange(1000) / 1000,
                },
                "download_count": int(draw.paretovariate(0.6) * 10),
                "rating": draw.randrange(51) / 10,
                "commercial_use": draw.random() < 0.5,
            } | ({"license": licence} if licence else {})
            out.write(json.dumps(row) + "\n")


def imported(store: Store, file: Path) -> Iterator[Claim]:
    """The import of the file, as `fitment model import` does it, and of the same file again."""
    wall, cpu, done = timed(lambda: store_models(store, read_models(file)))
    again, _, same = timed(lambda: store_models(store, read_models(file)))
    if done.added != same.unchanged or same.added or same.changed:
        sys.exit(f"not all was kept: {done}, then {same}")
    yield Claim("import into a new store", "s", [wall], most=15.0)
    yield Claim("import into a new store", "CPU s", [cpu])
    yield Claim("the same again, which changes nothing", "s", [again])


def prepared(frame: pd.DataFrame) -> pd.DataFrame:
    """The columns that pandas is asked by, made once."""
    frame["words"] = frame[["model_id", "name", "organization", "architecture", "task"]].agg(
        "\n".join, axis=1
    )
    frame["words"] = (frame["words"] + "\n" + frame["tags"].str.join("\n")).str.lower()
    frame["popular"] = frame["download_count"] * frame["rating"]
    return frame


def questions() -> Iterator[Question]:
    """One of each kind, and all at once."""
    usable = [
        licence
        for licence in LICENCES
        if permission(licence).verdict in (Verdict.COMPATIBLE, Verdict.CONDITIONAL)
    ]
    gpu = device("RTX 4090")
    factor = bytes_of("bf16") * OVERHEAD
    yield Question("all, by popularity", Wanted(), lambda f: f["rating"] >= 0)
    yield Question(
        "commercial use, rating ≥ 4",
        Wanted(commercial=True, least_rating=4.0),
        lambda f: f["license"].isin(usable) & (f["rating"] >= 4.0) & f["commercial_use"],
    )
    yield Question("licence", Wanted(licence="Apache-2.0"), lambda f: f["license"] == "apache-2.0")
    yield Question("text of two words", Wanted(text="model 7b"), _words("model", "7b"))
    yield Question("tag", Wanted(tags=("code",)), lambda f: f["tags"].map(lambda tags: "code" in tags))
    yield Question(
        "7B to 20B that run on an RTX 4090",
        Wanted(least_parameters=7 * 10**9, most_parameters=20 * 10**9, runs_on=gpu),
        lambda f: (
            f["parameter_count"].between(7 * 10**9, 20 * 10**9)
            & ((f["parameter_count"] * factor).round() <= gpu.memory_bytes)
        ),
    )
    yield Question(
        "all of that at once",
        Wanted(text="chat", tags=("code",), commercial=True, least_rating=2.0, runs_on=gpu),
        lambda f: (
            _words("chat")(f)
            & f["tags"].map(lambda tags: "code" in tags)
            & f["license"].isin(usable)
            & f["commercial_use"]
            & (f["rating"] >= 2.0)
            & ((f["parameter_count"] * factor).round() <= gpu.memory_bytes)
        ),
    )


def _words(*words: str) -> Callable[[pd.DataFrame], pd.Series[bool]]:
    def mask(frame: pd.DataFrame) -> pd.Series[bool]:
        found = frame["rating"] >= 0
        for word in words:
            found &= frame["words"].str.contains(word, regex=False)
        return found

    return mask


def asked(connection: duckdb.DuckDBPyConnection, frame: pd.DataFrame, rounds: int) -> Iterator[Claim]:
    """Each question, warm, beside pandas."""
    for question in questions():
        wanted = replace(question.wanted, limit=20)
        search(connection, wanted)
        ours = [timed(partial(search, connection, wanted)) for _ in range(rounds)]
        theirs = [timed(partial(in_pandas, frame, question)) for _ in range(rounds)]
        if [model.model_id for model in ours[0][2].models] != theirs[0][2]["model_id"].tolist():
            sys.exit(f"the two disagree on: {question.name}")
        yield Claim(f"search: {question.name}", "ms", [1e3 * wall for wall, _, _ in ours], most=100.0)
        yield Claim(f"search: {question.name}", "CPU ms", [1e3 * cpu for _, cpu, _ in ours])
        yield Claim("  pandas", "ms", [1e3 * wall for wall, _, _ in theirs])


def in_pandas(frame: pd.DataFrame, question: Question) -> pd.DataFrame:
    """The first twenty."""
    by = ["popular", "download_count", "rating", "model_id"]
    found = frame[question.mask(frame)]
    return found.sort_values(by, ascending=[False, False, False, True]).head(20)


def timed(work: Callable[[], Found]) -> tuple[float, float, Found]:
    """Seconds on the clock, processor seconds of all threads, and what ``work`` gives back."""
    wall, cpu = time.perf_counter(), time.process_time()
    found = work()
    return time.perf_counter() - wall, time.process_time() - cpu, found


if __name__ == "__main__":
    main()
