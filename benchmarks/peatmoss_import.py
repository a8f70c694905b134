"""How fast a PeaTMOSS database is imported: ``python -m benchmarks.peatmoss_import``.

A database with the published tables is made: so many models, each with an author, a licence, up to four
tags, two libraries, a framework, a language and an architecture, and uses in proportion to the published
44,337. It is read alone, imported into a new store, and imported again, which changes nothing. Wall seconds
and processor seconds of this process, since other programs may be at work.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from fitment.registry.imports.peatmoss import read
from fitment.registry.imports.run import import_file
from fitment.registry.storage.store import Store

from benchmarks.store_scores import machine
from tests.registry.imports.peatmoss_file import write

FIRST = 100  # the ids below are the test's own rows
_MORE = """
CREATE TEMP TABLE n AS WITH RECURSIVE n(i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i < {last})
    SELECT i FROM n;
INSERT INTO model (id, context_id, model_hub_id, sha, repo_url, downloads)
    SELECT i, 'org' || (i % 5000) || '/model-' || i, 1, printf('%040x', i),
        'https://huggingface.co/org' || (i % 5000) || '/model-' || i, i * 7 % 100000 FROM n;
INSERT INTO tag SELECT i, 'tag' || i FROM n WHERE i < {first} + 5000;
INSERT INTO author SELECT i, 'org' || (i - {first}) FROM n WHERE i < {first} + 5000;
INSERT INTO model_to_author SELECT i, {first} + i % 5000 FROM n WHERE {first} + i % 5000 <= {last};
INSERT INTO model_to_license SELECT i, 1 + i % 3 FROM n;
INSERT OR IGNORE INTO model_to_tag
    SELECT i, {first} + (i * k.value) % 5000 FROM n, json_each('[1, 2, 3, 5]') k;
INSERT INTO model_to_library SELECT i, 1 + k.value FROM n, json_each('[0, 1]') k;
INSERT INTO model_to_architecture SELECT i, 1 FROM n;
INSERT INTO model_to_framework SELECT i, 1 FROM n;
INSERT INTO model_to_language SELECT i, 1 FROM n;
INSERT INTO reuse_repository SELECT i, 'o' || i, 'r', 'github.com/o' || i || '/r' FROM n WHERE i % 20 = 0;
INSERT INTO reuse_file SELECT i, 'f' || i || '.py', {first} + i % 2500, i - i % 20 FROM n
    WHERE i % 7 = 0 AND {first} + i % 2500 <= {last} AND i - i % 20 >= {first};
"""


def main(arguments: list[str] | None = None) -> None:
    """Prints a line for each step."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--models", type=int, default=300_000)
    given = parser.parse_args(arguments)
    print(f"{machine()}; load {os.getloadavg()[0]:.2f} at the start\n")
    with TemporaryDirectory() as folder:
        where = Path(folder)
        path = write(where, more=_MORE.format(first=FIRST, last=FIRST + given.models - 1))
        print(f"{given.models:,} models, {path.stat().st_size / 1e6:.0f} MB of SQLite\n")
        store = Store.open(where / "models.duckdb", create=True)
        _timed("read, nothing stored", lambda: read(path))
        _timed("import into a new store", lambda: import_file(store, "peatmoss", path))
        _timed("import again: nothing changes", lambda: import_file(store, "peatmoss", path))


def _timed(what: str, step: Callable[[], object]) -> None:
    wall, processor = time.perf_counter(), time.process_time()
    step()
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    print(f"{what:<32} {wall:6.1f} s, {processor:6.1f} s of processor", flush=True)


if __name__ == "__main__":
    main()
