from __future__ import annotations

import pytest
from fitment.harness.gate.events import accepted, gated, history_of, recorded
from fitment.harness.gate.history import Recording
from fitment.registry.storage.journal import Event

from tests.harness.gate.reports import baseline, report


def _event(kind: str, body: dict[str, object]) -> Event:
    return Event(1, kind, "2026-03-01T00:00:00+00:00", 1, 0, 1, body)


def test_the_history_is_what_the_events_tell() -> None:
    """A run, a recording, an acceptance of each; the baseline of an accepted run is its head."""
    recording = Recording("feedbeef", None, baseline())
    events = [_event("gated", gated(report(1))), _event("recorded", recorded(recording))]
    events += [_event("accepted", accepted(each, "why", "me")) for each in ("00000001", "feedbeef")]
    found = history_of([*events, _event("unheard of", {})])
    assert (found.runs, found.recordings) == ((report(1),), (recording,))
    assert found.acceptances[0].baseline.processes == report(1).processes
    assert found.acceptances[1].baseline == baseline()


def test_an_acceptance_of_nothing_is_an_error() -> None:
    """What it names was never kept."""
    with pytest.raises(KeyError):
        history_of([_event("accepted", accepted("00000001", "why", "me"))])
