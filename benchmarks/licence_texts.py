"""Makes the reference hashes of licence texts, and measures how texts and changed texts are told apart.

    python -m benchmarks.licence_texts build WHEEL      # writes configs/licences/texts
    python -m benchmarks.licence_texts measure WHEEL    # every text, and each changed in many ways
    python -m benchmarks.licence_texts survey FOLDER    # what the licence files under a folder turn out to be

WHEEL is scancode-toolkit-mini's (PyPI, 32.5.0), whose licensedcode/data/licenses holds the texts: a data set
under CC-BY-4.0; the texts are their authors'. Nothing of it is stored but hashes of pairs of words.
"""

from __future__ import annotations

import json
import re
import sys
import time
import zipfile
from collections import Counter
from pathlib import Path

import numpy as np
from fitment.registry.licences.text_match import Match, TextMatch, match_text
from fitment.registry.licences.text_words import Words, words_of
from fitment.registry.licences.word_pairs import counted, pair_hashes

from tests.registry.licences.changed_texts import changed, same_text

OUT = Path(__file__).parents[1] / "configs" / "licences" / "texts"
QUICK, LONG = 0.02, 1e9  # seconds
MADE_FROM = "scancode-toolkit-mini 32.5.0, licensedcode/data/licenses (CC-BY-4.0)"

# The name of the file -> the licence's name.
WHOLE = {
    "afl-3.0": "AFL-3.0",
    "agpl-3.0": "agpl-3.0",
    "apache-2.0": "Apache-2.0",
    "artistic-2.0": "Artistic-2.0",
    "bigcode-open-rail-m-v1": "bigcode-openrail-m",
    "bigscience-open-rail-m": "bigscience-openrail-m",
    "bigscience-open-rail-m2": "openrail++",
    "bigscience-rail-1.0": "bigscience-bloom-rail-1.0",
    "boost-1.0": "BSL-1.0",
    "bsd-original": "BSD-4-Clause",
    "bsd-new": "BSD-3-Clause",
    "bsd-simplified": "BSD-2-Clause",
    "bsd-zero": "0BSD",
    "cc0-1.0": "CC0-1.0",
    "cc-by-2.0": "CC-BY-2.0",
    "cc-by-3.0": "CC-BY-3.0",
    "cc-by-4.0": "CC-BY-4.0",
    "cc-by-nc-2.0": "CC-BY-NC-2.0",
    "cc-by-nc-3.0": "CC-BY-NC-3.0",
    "cc-by-nc-4.0": "CC-BY-NC-4.0",
    "cc-by-nc-nd-3.0": "CC-BY-NC-ND-3.0",
    "cc-by-nc-nd-4.0": "CC-BY-NC-ND-4.0",
    "cc-by-nc-sa-2.0": "CC-BY-NC-SA-2.0",
    "cc-by-nc-sa-3.0": "CC-BY-NC-SA-3.0",
    "cc-by-nc-sa-4.0": "CC-BY-NC-SA-4.0",
    "cc-by-nd-4.0": "CC-BY-ND-4.0",
    "cc-by-sa-3.0": "CC-BY-SA-3.0",
    "cc-by-sa-4.0": "CC-BY-SA-4.0",
    "cdla-permissive-1.0": "CDLA-Permissive-1.0",
    "cdla-permissive-2.0": "CDLA-Permissive-2.0",
    "cdla-sharing-1.0": "CDLA-Sharing-1.0",
    "c-uda-1.0": "C-UDA-1.0",
    "deepseek-la-1.0": "deepseek",
    "ecl-2.0": "ECL-2.0",
    "epl-1.0": "EPL-1.0",
    "epl-2.0": "EPL-2.0",
    "eupl-1.1": "EUPL-1.1",
    "eupl-1.2": "EUPL-1.2",
    "exaone-ai-model-1.1-nc": "exaone-1.1-nc",
    "falcon-2-11b-1.0": "falcon-2-11b",
    "flux-1-nc": "flux-1-dev-non-commercial-license",
    "gemma-tou-2024-04-01": "gemma",
    "gemma-tou-2025-03-24": "gemma",
    "gpl-1.0": "gpl-1.0",
    "gpl-2.0": "gpl-2.0",
    "gpl-3.0": "gpl-3.0",
    "isc": "ISC",
    "lgpl-2.0": "lgpl-2.0",
    "lgpl-2.1": "lgpl-2.1",
    "lgpl-3.0": "lgpl-3.0",
    "llama-license-2023": "llama1",
    "llama-2-license-2023": "llama2",
    "llama-3.1-license-2024": "llama3.1",
    "llama-3.2-license-2024": "llama3.2",
    "llama-3.3-license-2024": "llama3.3",
    "llama-4-cla-2025": "llama4",
    "mit": "MIT",
    "mit-0": "MIT-0",
    "mongodb-sspl-1.0": "SSPL-1.0",
    "moonshot-ai-modified-mit-2025": "kimi-k2-modified-mit",
    "mpl-1.1": "MPL-1.1",
    "mpl-2.0": "MPL-2.0",
    "ms-pl": "MS-PL",
    "uoi-ncsa": "NCSA",
    "nvidia-open-model-2025-04-28": "nvidia-open-model",
    "odbl-1.0": "ODbL-1.0",
    "odc-by-1.0": "ODC-By-1.0",
    "ofl-1.1": "OFL-1.1",
    "openmdw-1.0": "openmdw-1.0",
    "osl-3.0": "OSL-3.0",
    "pddl-1.0": "PDDL-1.0",
    "postgresql": "PostgreSQL",
    "qwen-2024": "qwen-2024",
    "stability-ai-community-2024": "stability-ai-community",
    "stability-ai-nc-2023-12-06": "LicenseRef-stability-ai-nc",
    "stable-diffusion-2022-08-22": "creativeml-openrail-m",
    "tencent-hunyuan-3d-2.0-cla": "tencent-hunyuan-3d-2.0-community",
    "tongyi-qianwen-2023": "tongyi-qianwen",
    "unlicense": "Unlicense",
    "wtfpl-2.0": "WTFPL",
    "zlib": "Zlib",
}
NOTICES = {
    "agpl-3.0-plus": "AGPL-3.0-or-later",
    "gpl-2.0-plus": "GPL-2.0-or-later",
    "gpl-3.0-plus": "GPL-3.0-or-later",
    "lgpl-2.1-plus": "LGPL-2.1-or-later",
    "lgpl-3.0-plus": "LGPL-3.0-or-later",
}
# What may be left out of a text without its being another: up to, or from, these words.
CC_BODY = r"Creative Commons [\w -]+ 4\.0\s+International Public License\s"
CC_END = r"Creative Commons is not a party to its public"
CC_THREE_END = r"Creative Commons Notice\s"
APPENDIX = r"APPENDIX: How to apply|How to Apply These Terms to Your New"
CUTS = (
    ("without appendix", None, APPENDIX),
    (
        "without appendix, its end not marked",
        None,
        r"END OF TERMS AND CONDITIONS\s+(?:APPENDIX|How to Apply)",
    ),
    ("terms", CC_BODY, CC_END),
    ("without preface", CC_BODY, None),
    ("without last notice", None, CC_END),
    ("without last notice", None, CC_THREE_END),
    ("without exhibits", None, r"Exhibit A - Source Code Form License Notice"),
)
# Parts of whole texts that are put at the head of files.
PARTS = {
    "apache-2.0": ("notice", r"Licensed under the Apache License, Version 2\.0", None),
    "mpl-2.0": (
        "notice",
        r"This Source Code Form is subject to the terms of the Mozilla",
        r"If it is not possible",
    ),
}


def texts(source: Path) -> dict[str, str]:
    """The texts of the wheel, or of a folder with its files, by the names of their files."""
    found: dict[str, str] = {}
    if source.is_dir():
        files = {path.stem: path.read_text(encoding="utf-8") for path in sorted(source.glob("*.LICENSE"))}
    else:
        with zipfile.ZipFile(source) as wheel:
            files = {
                Path(name).stem: wheel.read(name).decode("utf-8")
                for name in sorted(wheel.namelist())
                if name.startswith("licensedcode/data/licenses/")
            }
    for name, text in files.items():
        found[name] = re.sub(r"\A---\n.*?\n---(?:\n|\Z)", "", text, count=1, flags=re.DOTALL)
    return found


def named_texts(source: Path) -> list[tuple[str, str, str]]:
    """Licence, part and text of every reference."""
    found: list[tuple[str, str, str]] = []
    files = texts(source)
    for name, licence in WHOLE.items():
        text = files[name]
        found.append((licence, "whole", text))
        for part, begin, end in CUTS:
            cut = _cut(text, begin, end)
            if cut is not None:
                found.append((licence, part, cut))
        if name in PARTS:
            part, begin, end = PARTS[name]
            cut = _cut(text, begin, end)
            assert cut is not None, name
            found.append((licence, part, cut))
    for name, licence in NOTICES.items():
        found.append((licence, "notice", files[name]))
        cut = _cut(files[name], None, r"You should have received a copy")
        if cut is not None:
            found.append((licence, "notice without address", cut))
    return found


def _cut(text: str, begin: str | None, end: str | None) -> str | None:
    """The text from one mark up to another, None where it has not got them."""
    start = stop = 0
    if begin is not None:
        opened = re.search(begin, text)
        if opened is None:
            return None
        start = opened.start()
    stop = len(text)
    if end is not None:
        closed = re.search(end, text[start:])
        if closed is None or not closed.start():
            return None
        stop = start + closed.start()
    return text[start:stop]


def build(source: Path) -> None:
    """Writes index.json and pairs.npz, the same from the same texts."""
    rows, hashes, counts = [], [], []
    seen: set[tuple[str, str, tuple[str, ...]]] = set()
    for licence, part, text in named_texts(source):
        lines, flat = words_of(text), words_of(text, flat=True)
        for way, words in (("both", lines),) if lines == flat else (("lines", lines), ("flat", flat)):
            if (licence, way, words.words) in seen:
                continue
            seen.add((licence, way, words.words))
            pairs, often = counted(pair_hashes(words.words))
            rows.append(_row(licence, part, way, words, len(pairs)))
            hashes.append(pairs)
            counts.append(often)
    OUT.mkdir(parents=True, exist_ok=True)
    told = ",\n".join(json.dumps(row) for row in rows)
    index = f'{{"made_from": {json.dumps(MADE_FROM)}, "texts": [\n{told}\n]}}\n'
    (OUT / "index.json").write_text(index, encoding="utf-8")
    np.savez(OUT / "pairs.npz", hashes=np.concatenate(hashes), counts=np.concatenate(counts))
    size = (OUT / "pairs.npz").stat().st_size
    print(f"{len(rows)} texts of {len({row['licence'] for row in rows})} licences, {size:,} bytes of hashes")


def _row(licence: str, part: str, way: str, words: Words, hashes: int) -> dict[str, object]:
    marks = dict(sorted(words.marks.items()))
    pairs = len(words.words) - 1
    return {"licence": licence, "part": part, "way": way, "pairs": pairs, "hashes": hashes, "marks": marks}


def measure(source: Path, times: int) -> None:
    """Prints how many texts are called what they are, and how many changed ones are called changed."""
    right: Counter[bool] = Counter()
    told: Counter[bool] = Counter()
    slowest = slowest_changed = spent = 0.0
    match_text("warm")
    for licence, part, text in named_texts(source):
        for how, other in same_text(text):
            found, took = _timed(other)
            slowest, spent = max(slowest, took), spent + took
            well = found.match is Match.SAME and found.licence == licence
            right[well] += 1
            if not well:
                print(f"not the same: {licence} ({part}) {how}: {found}")
        if part != "whole":
            continue
        for how, other in changed(text, seed=len(text), times=times):
            found, took = _timed(other)
            slowest_changed = max(slowest_changed, took)
            well = found.match is not Match.SAME or found.licence != licence
            told[well] += 1
            if not well:
                print(f"not seen: {licence}: {how}: {found}")
    print(f"texts set differently: {right[True]} of {right.total()} right")
    print(f"texts changed in one place: {told[True]} of {told.total()} called changed")
    mean = 1e3 * spent / right.total()
    print(f"CPU time of a text: {mean:.1f} ms at the mean, {1e3 * slowest:.1f} ms at most")
    print(f"CPU time of a changed one: {1e3 * slowest_changed:.1f} ms at most")


def _timed(text: str) -> tuple[TextMatch, float]:
    """The match and its processor seconds; the least of three of what seems slow: others use the machine."""
    least = LONG
    for _ in range(3):
        begun = time.process_time()
        found = match_text(text)
        least = min(least, time.process_time() - begun)
        if least < QUICK:
            break
    return found, least


def survey(folder: Path) -> None:
    """Prints what the licence files under a folder turn out to be."""
    found: Counter[str] = Counter()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and re.fullmatch(r"(?i)(licen[cs]e|copying).*(?<!\.pyc?)", path.name):
            told = match_text(path.read_text(encoding="utf-8", errors="replace"))
            found[f"{told.match} {told.licence}"] += 1
            change = f"-{told.missing} +{told.added}"
            print(f"{told.match:9} {told.licence or '-':22} {change} {path} {told.phrases}")
    for name, often in found.most_common():
        print(f"{often:5} {name}")


def main() -> None:
    """Does what the first word says with the path that follows it."""
    todo, where = sys.argv[1], Path(sys.argv[2])
    if todo == "build":
        build(where)
    elif todo == "measure":
        measure(where, int(sys.argv[3]) if len(sys.argv) > 3 else 3)
    else:
        survey(where)


if __name__ == "__main__":
    main()
