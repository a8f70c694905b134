"""Makes the file of an ecosystem of the published shape: ``python -m benchmarks.ecosystem FILE.csv|parquet``.

Two million models by default, in less than a minute; fewer by ``--models`` or ``--scale``, in proportion. The
same seed gives the same file. Families grow by preferential attachment, traits are inherited and mutate;
parents that are missing, several types and parents, self-loops, cycles, children older than their parents
and lists in odd spellings are all there (``benchmarks.ecosystem_shape``). ``--malformed N`` adds rows that
have to be refused.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from fitment.registry.lineage.kinds import LABELS

from benchmarks.ecosystem_families import Families, families
from benchmarks.ecosystem_shape import MODELS, Shape
from benchmarks.ecosystem_text import Text
from benchmarks.ecosystem_traits import Said, said

SEED = 7


@dataclass(frozen=True, slots=True)
class Made:
    """What a file holds, before the rows that are malformed."""

    families: Families
    said: Said

    def lines(self) -> Iterator[str]:
        """A line for each kind of thing that there is, with its count."""
        made, told = self.families, self.said
        created, children = told.created_ms, made.children
        own = made.parent == made.child
        known = (created[made.parent] > 0) & (created[made.child] > 0)
        older = known & (created[made.child] < created[made.parent])
        times = np.bincount(made.child[~own], minlength=len(children))
        yield f"{len(children):>10,} models"
        yield f"{len(made.parent):>10,} edges"
        for label, name in LABELS.items():
            yield f"{int((made.label == label).sum()):>10,}   {name}"
        yield f"{int((made.types != made.label).sum()):>10,}   of several types"
        yield f"{int(own.sum()):>10,}   self-loops"
        yield f"{int(older.sum()):>10,}   to children older than their parent"
        yield f"{int((times > 1).sum()):>10,} models with several parents"
        yield f"{int((children > 0).sum()):>10,} models with children, one with {int(children.max()):,}"
        yield f"{len(made.gone_child):>10,} parents named that are not there"
        yield f"{float((told.licences.codes > 0).mean()):>10.1%} of the models say a licence"


def make(file: Path, shape: Shape, *, seed: int = SEED, malformed: int = 0, cards: bool = False) -> Made:
    """Writes ``file``, CSV or Parquet by its name, and says what is in it."""
    of_families, of_traits, of_text = np.random.default_rng(seed).spawn(3)
    made = families(shape, of_families)
    told = said(shape, made, of_traits)
    text = Text(made, told, of_text, malformed=malformed, cards=cards)
    if file.suffix == ".parquet":
        with pq.ParquetWriter(file, text.schema) as writer:
            for batch in text.batches():
                writer.write_batch(batch)
    else:
        _write_csv(file, text)
    return Made(made, told)


def _write_csv(file: Path, text: Text) -> None:
    """Quotes stand where they must, and NULL is empty, as pandas writes it."""
    with duckdb.connect() as connection:
        connection.execute("SET threads = 1")
        rows = connection.from_arrow(pa.RecordBatchReader.from_batches(text.schema, text.batches()))
        rows.write_csv(str(file), header=True)


def main(arguments: list[str] | None = None) -> None:
    """Prints what was made."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("file", type=Path, metavar="FILE.csv|parquet")
    parser.add_argument("--models", type=int, help=f"instead of {MODELS:,}")
    parser.add_argument("--scale", type=float, default=1.0, help="this many times the published models")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--malformed", type=int, default=0, metavar="N", help="rows that are no models")
    parser.add_argument("--cards", action="store_true", help="also how long cards are, and who wrote them")
    given = parser.parse_args(arguments)
    if given.file.suffix not in (".csv", ".parquet"):
        parser.error(f"{given.file} is neither .csv nor .parquet")
    started = time.process_time()
    shape = Shape().of(given.models or round(MODELS * given.scale))
    made = make(given.file, shape, seed=given.seed, malformed=given.malformed, cards=given.cards)
    for line in made.lines():
        print(line)
    megabytes = given.file.stat().st_size / 1e6
    print(f"{given.file}: {megabytes:,.1f} MB, {time.process_time() - started:.1f} s of processor")


if __name__ == "__main__":
    main()
