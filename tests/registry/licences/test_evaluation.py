from __future__ import annotations

from pathlib import Path

import pytest
from fitment.registry.licences.evaluation import CasesError, cases_of, evaluate

HEAD = "licence_a,licence_b,relation,expected,source\n"


def _cases(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "cases.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_the_confusion_matrix(tmp_path: Path) -> None:
    """Rows are known answers; a class without cases has no recall; a miss keeps its reasons."""
    rows = (
        "-,mit,commercial_use,compatible,x\r\n"
        "-,mit,serve_api,incompatible,x\r\n"
        "mit,gpl-3.0,code_into,incompatible,\r\n"
    )
    found = evaluate(cases_of(_cases(tmp_path, "\ufeff" + HEAD + rows)))
    assert found.counts["incompatible"] == {
        "compatible": 1,
        "conditional": 0,
        "unknown": 0,
        "incompatible": 1,
    }
    assert found.recall == {"compatible": 1.0, "conditional": None, "unknown": None, "incompatible": 0.5}
    assert (found.unsafe, [miss.case.line for miss in found.misses]) == (1, [3])
    assert found.misses[0].judged.reasons


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a,b\n1,2\n", "no column licence_a"),
        ("", "no column"),
        (HEAD + "-,mit,eaten,compatible,\n", ":2: 'eaten' is no relation: .*code_into"),
        (HEAD + "-,mit,serve_api,maybe,\n", ":2: 'maybe' is no verdict: .*unknown"),
        (HEAD + "-,mit\n", ":2:"),
    ],
)
def test_files_without_cases(tmp_path: Path, text: str, told: str) -> None:
    """The line and the way out are named."""
    with pytest.raises(CasesError, match=told):
        cases_of(_cases(tmp_path, text))


def test_what_is_no_text(tmp_path: Path) -> None:
    """A file in another encoding, a folder, nothing."""
    for path in (_cases(tmp_path, HEAD + "é", "utf-16"), tmp_path, tmp_path / "no.csv"):
        with pytest.raises(CasesError):
            cases_of(path)
