from __future__ import annotations

import pytest
from fitment.registry.licences.check import check
from fitment.registry.licences.verdicts import Relation

# Creative Commons' adapter's licence chart: rows the original, columns the adapter's licence.
# "+" green, "c" yellow (technically permitted, not recommended), "-" grey.
ADAPTER = ("BY", "BY-NC", "BY-NC-ND", "BY-NC-SA", "BY-ND", "BY-SA")
CHART = {
    "BY": "++++++",
    "BY-NC": "c+++cc",
    "BY-NC-ND": "--x---",
    "BY-NC-SA": "---+--",
    "BY-ND": "------",
    "BY-SA": "-----+",
}
# The remix chart: which two may be put together, CC0 first. Symmetric.
REMIX = ("CC0-1.0", "CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "CC-BY-NC-SA-4.0", "CC-BY-ND-4.0")
REMIXED = ("+++++-", "+++++-", "+++---", "++-++-", "++-++-", "------")
MARKS = {"compatible": "+", "conditional": "c", "incompatible": "-", "unknown": "?"}


@pytest.mark.parametrize("original", CHART)
def test_the_adapters_licence_chart(original: str) -> None:
    """Row by row, on version 4.0."""
    answers = [check(f"CC-{to}-4.0", f"CC-{original}-4.0", Relation.ADAPT).verdict for to in ADAPTER]
    assert [MARKS[a] for a in answers] == list(CHART[original].replace("x", "-"))


def test_the_remix_chart() -> None:
    """All pairs: share-alike and non-commercial don't go together unless the one is both."""
    for one, marks in zip(REMIX, REMIXED, strict=True):
        answers = [check(one, other, Relation.REMIX).verdict for other in REMIX]
        assert "".join(MARKS[a] for a in answers) == marks, one


@pytest.mark.parametrize(
    ("outbound", "inbound", "answer"),
    [
        ("CC-BY-SA-4.0", "CC-BY-SA-2.0", "compatible"),
        ("CC-BY-SA-2.0", "CC-BY-SA-4.0", "incompatible"),
        ("CC-BY-SA-4.0", "CC-BY-SA-1.0", "incompatible"),  # 1.0 has no later versions
        ("GPL-3.0-only", "CC-BY-SA-4.0", "compatible"),  # one way, since 2015
        ("CC-BY-SA-4.0", "GPL-3.0-only", "incompatible"),
        ("LAL-1.3", "CC-BY-SA-4.0", "compatible"),  # both ways
        ("CC-BY-SA-4.0", "LAL-1.3", "compatible"),
        ("CC0-1.0", "CC-BY-4.0", "incompatible"),  # attribution can't be waived
        ("MIT", "CC-BY-NC-4.0", "incompatible"),
        ("MIT", "CC0-1.0", "compatible"),
    ],
)
def test_versions_and_other_licences(outbound: str, inbound: str, answer: str) -> None:
    """Share-alike goes to later versions and to what Creative Commons has named compatible."""
    assert check(outbound, inbound, Relation.ADAPT).verdict == answer
