from __future__ import annotations

import pytest
from fitment.registry.licences.evidence import Evidence, Source, Standing
from fitment.registry.licences.standing import stood
from fitment.registry.licences.text_match import Match


def tag(licence: str) -> Evidence:
    return Evidence("README.md", 2, Source.TAG, licence, None, "")


def written(licence: str | None, match: Match = Match.SAME) -> Evidence:
    return Evidence("LICENSE", 0, Source.TEXT, licence, match, "")


@pytest.mark.parametrize(
    ("evidence", "licence", "standing"),
    [
        ([], None, Standing.NOTHING),
        ([tag("other")], None, Standing.NOTHING),
        ([tag("MIT"), tag("mit")], "MIT", Standing.TAG_ONLY),
        ([tag("MIT OR GPL-2.0-only"), tag("isc")], "(MIT OR GPL-2.0-only) AND isc", Standing.TAG_ONLY),
        ([tag("MIT OR Apache-2.0"), written("MIT")], "MIT OR Apache-2.0", Standing.AGREE),
        ([tag("MIT"), written("Apache-2.0 AND MIT")], "MIT AND Apache-2.0 AND MIT", Standing.DISAGREE),
        ([tag("MIT AND ("), written("MIT")], "MIT AND ( AND MIT", Standing.DISAGREE),
        ([tag("llama2"), written("llama2")], "llama2", Standing.AGREE),
        ([tag("apache-2.0"), written(None, Match.NONE)], "apache-2.0 AND unknown", Standing.DISAGREE),
    ],
)
def test_evidence_amounts_to(evidence: list[Evidence], licence: str | None, standing: Standing) -> None:
    """One licence where all say so, else all of them."""
    found = stood("x", evidence, (), ())
    assert found.standing is standing
    assert found.licence == licence


def test_a_title_is_no_text() -> None:
    """What is behind it nobody read."""
    found = stood("x", [written("llama3", Match.TITLE)], (), ())
    assert found.at_best == "conditional"
    assert "only the title" in found.findings[0]
