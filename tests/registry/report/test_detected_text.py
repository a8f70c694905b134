from __future__ import annotations

from fitment.registry.licences.evidence import Detected, Evidence, Source, Standing, Unread
from fitment.registry.licences.text_match import Match
from fitment.registry.licences.verdicts import Verdict
from fitment.registry.report.detected_text import detected_text


def test_hostile_names_are_inert_and_details_cut() -> None:
    """Escapes and line ends are shown, not obeyed; nothing found is said in words."""
    bad = Evidence("a\x1b[2Jb\n", 3, Source.TEXT, None, Match.NONE, "word " * 100)
    found = Detected(
        "x", None, Standing.NOTHING, Verdict.CONDITIONAL, (bad,), ("f\n",), (Unread("g\r", "r"),)
    )
    text = detected_text(found)
    assert text.startswith("no licence (nothing found)\na verdict on it is conditional at best\n")
    assert "\x1b" not in text
    assert "\r" not in text
    assert "  - f\\n\n" in text
    assert "…" in text
