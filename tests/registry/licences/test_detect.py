from __future__ import annotations

import os
from pathlib import Path

import pytest
from fitment.registry.licences.check import check
from fitment.registry.licences.detect import LicenceFileError, detect
from fitment.registry.licences.evidence import Detected, Source, Standing
from fitment.registry.licences.standing import at_best
from fitment.registry.licences.text_match import Match
from fitment.registry.licences.verdicts import Relation, Verdict

TEXTS = Path(__file__).parent / "data" / "texts"


def text(licence: str) -> str:
    return (TEXTS / f"{licence}.txt").read_text(encoding="utf-8")


def folder(path: Path, **files: str) -> Detected:
    """What a folder shows that has ``files``, "__" being a dot."""
    for name, content in files.items():
        (path / name.replace("__", ".")).write_text(content, encoding="utf-8")
    return detect(path)


def test_a_tag_alone_is_weak(tmp_path: Path) -> None:
    """It is taken, and said to be no more than a tag."""
    found = folder(tmp_path, README__md="---\nlicense: apache-2.0\n---\n")
    assert (found.licence, found.standing) == ("apache-2.0", Standing.TAG_ONLY)
    assert "weak evidence" in found.findings[0]


def test_a_text_alone_is_enough(tmp_path: Path) -> None:
    """Also beside ``license: other``, which only points to it."""
    found = folder(tmp_path, LICENSE=text("MIT"), README__md="---\nlicense: other\n---\n")
    assert (found.licence, found.standing, found.at_best) == ("MIT", Standing.TEXT_ONLY, Verdict.COMPATIBLE)


@pytest.mark.parametrize(
    ("tag", "licence", "taken"),
    [
        ("mit", "MIT", "mit"),
        ("bsd", "BSD-3-Clause", "BSD-3-Clause"),
        ("gpl-3.0", "gpl-3.0", "gpl-3.0"),
        ("GPL-3.0-or-later", "gpl-3.0", "GPL-3.0-or-later"),
    ],
)
def test_both_agree(tmp_path: Path, tag: str, licence: str, taken: str) -> None:
    """The narrower of the two is taken: a family, or a version that the text leaves open."""
    found = folder(tmp_path, COPYING=text(licence), README__md=f"---\nlicense: {tag}\n---\n")
    assert (found.licence, found.standing, found.findings) == (taken, Standing.AGREE, ())


def test_both_disagree(tmp_path: Path) -> None:
    """Both hold then, so that no verdict is laxer than the stricter one's; somebody is told."""
    found = folder(tmp_path, LICENSE=text("gpl-3.0"), README__md="---\nlicense: mit\n---\n")
    assert (found.licence, found.standing) == ("mit AND gpl-3.0", Standing.DISAGREE)
    assert "both are taken to hold" in found.findings[0]
    assert check("MIT", found.licence, Relation.CODE_INTO).verdict is Verdict.INCOMPATIBLE


def test_a_changed_text_is_conditional_at_best(tmp_path: Path) -> None:
    """Apache-2.0 with a sentence against commercial use isn't Apache-2.0."""
    changed = text("Apache-2.0") + "\nCommercial use is not permitted.\n"
    found = folder(tmp_path, LICENSE=changed, README__md="---\nlicense: apache-2.0\n---\n")
    assert (found.standing, found.at_best) == (Standing.AGREE, Verdict.CONDITIONAL)
    judged = check(None, found.licence, Relation.COMMERCIAL_USE)
    assert judged.verdict is Verdict.COMPATIBLE
    held = at_best(judged, found)
    assert (held.verdict, held.reasons[0].clause) == (Verdict.CONDITIONAL, "text.modified")
    assert at_best(held, found) is held


def test_a_text_that_nobody_knows_is_unknown(tmp_path: Path) -> None:
    """Whatever the tag says."""
    terms = "These are the terms of our house. " * 5
    found = folder(tmp_path, LICENSE=terms, README__md="---\nlicense: mit\n---\n")
    assert (found.licence, found.standing) == ("mit AND unknown", Standing.DISAGREE)
    assert check(None, found.licence, Relation.COMMERCIAL_USE).verdict is Verdict.UNKNOWN


def test_headers_of_source_files_are_counted(tmp_path: Path) -> None:
    """Once for each licence, with the number of files; texts further down are for what lies there."""
    (tmp_path / "src" / "third_party").mkdir(parents=True)
    for name in "abc":
        (tmp_path / "src" / f"{name}.py").write_text("# SPDX-License-Identifier: MIT\n", encoding="utf-8")
    (tmp_path / "src" / "third_party" / "LICENSE").write_text(text("gpl-3.0"), encoding="utf-8")
    found = folder(tmp_path, LICENSE=text("MIT"), NOTICE="This product includes things of many people.")
    header = next(each for each in found.evidence if each.source is Source.SPDX)
    assert (header.files, header.file, found.licence) == (3, "src/a.py", "MIT")
    assert found.findings == ("1 more in subfolders, for what lies there: src/third_party/LICENSE",)


def test_a_choice_with_its_texts_agrees(tmp_path: Path) -> None:
    """Two licence files and an OR in the metadata."""
    (tmp_path / "LICENSE-APACHE").write_text(text("Apache-2.0"), encoding="utf-8")
    (tmp_path / "LICENSE-MIT").write_text(text("MIT"), encoding="utf-8")
    found = folder(tmp_path, Cargo__toml='[package]\nlicense = "MIT OR Apache-2.0"\n')
    assert (found.licence, found.standing) == ("MIT OR Apache-2.0", Standing.AGREE)


def test_what_can_not_be_read_is_named(tmp_path: Path) -> None:
    """Links round in circles, binary and huge files, broken metadata: skipped, the rest is read."""
    (tmp_path / "LICENSE").write_text(text("ISC"), encoding="utf-8")
    (tmp_path / "COPYING").write_bytes(b"\0" * 64)
    (tmp_path / "LICENSE.txt").write_bytes(b"word " * 300_000)
    (tmp_path / "pyproject.toml").write_text("[project\n", encoding="utf-8")
    (tmp_path / "LICENSE.md").symlink_to("LICENSE.md")
    (tmp_path / "round").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "LICENCE")
    found = detect(tmp_path)
    assert (found.licence, found.standing) == ("ISC", Standing.TEXT_ONLY)
    unread = {each.file for each in found.unread}
    assert unread == {"COPYING", "LICENSE.txt", "pyproject.toml", "LICENSE.md", "round", "LICENCE"}


def test_a_file_by_itself(tmp_path: Path) -> None:
    """A text, a source file, or a file that only names a licence."""
    source = tmp_path / "x.py"
    source.write_text("# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception\n", encoding="utf-8")
    assert detect(source).licence == "Apache-2.0 WITH LLVM-exception"
    assert detect(TEXTS / "CC0-1.0.txt").evidence[0].match is Match.SAME
    only = tmp_path / "LICENSE"
    only.write_text("MIT\n", encoding="utf-8")
    assert (detect(only).licence, detect(only).standing) == ("MIT", Standing.TAG_ONLY)


@pytest.mark.parametrize(
    ("content", "licence", "standing"),
    [
        ("# MIT License\n\nCopyright (c) 2024 Acme\n", "MIT", Standing.TAG_ONLY),
        ("The BSD 2-Clause License", "BSD 2-Clause", Standing.TAG_ONLY),
        ("Acme Licence\n\nYou may look at this.\n", "unknown", Standing.TEXT_ONLY),
        ("No MIT License", "unknown", Standing.TEXT_ONLY),
        ("SPDX-License-Identifier: ISC\nCopyright 2024 Acme\n", "ISC", Standing.TAG_ONLY),
    ],
)
def test_a_short_file_names_a_licence_or_is_named_itself(
    tmp_path: Path, content: str, licence: str, standing: Standing
) -> None:
    """Terms of a few words are terms that nobody knows, not nothing; also beside a tag."""
    found = folder(tmp_path, LICENSE=content)
    assert (found.licence, found.standing) == (licence, standing)
    if standing is Standing.TEXT_ONLY:
        assert found.findings == ("LICENSE: no licence text that is known",)
        tagged = folder(tmp_path, README__md="---\nlicense: mit\n---\n")
        assert check(None, tagged.licence, Relation.COMMERCIAL_USE).verdict is Verdict.UNKNOWN


def test_an_empty_licence_file_is_named(tmp_path: Path) -> None:
    """It says nothing, and that it says nothing is said."""
    found = folder(tmp_path, LICENSE=" \n")
    assert (found.standing, found.unread[0].file) == (Standing.NOTHING, "LICENSE")


def test_what_is_no_file_is_a_mistake(tmp_path: Path) -> None:
    """One line that names the way out."""
    with pytest.raises(LicenceFileError, match="doesn't exist; name a licence file"):
        detect(tmp_path / "none")
    (tmp_path / "b").write_bytes(b"\0\0")
    with pytest.raises(LicenceFileError, match="NUL"):
        detect(tmp_path / "b")
    assert detect(tmp_path).standing is Standing.NOTHING
