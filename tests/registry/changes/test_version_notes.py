from __future__ import annotations

from fitment.registry.answers import NOISE
from fitment.registry.changes.version_change import version_comparison
from fitment.registry.changes.version_notes import MANY

from tests.registry.changes.versions import side
from tests.registry.fit.estimates import k, ok


def test_of_many_some_stand_out_by_chance() -> None:
    """From twenty configurations on it is said how many to expect; below it is not."""
    for count, said in ((MANY, True), (MANY - 1, False)):
        held = [ok("A", k(batch), 1.0 * batch) for batch in range(1, count + 1)]
        notes = version_comparison("net", side("a", *held), side("b", *held), NOISE).notes
        assert any(note.startswith(f"of {count} configurations compared, about 1 ") for note in notes) == said


def test_disturbed_timings_are_said_before_their_changes_are_believed() -> None:
    """By flag, and of how many candidates; flags that say nothing of the timing are not among them."""
    held = ok("A", k(), 1.0, n=2, flags="noisy,no_macs"), ok("A", k(8), 1.0, n=2, flags="contended")
    found = version_comparison("net", side("a", *held), side("b", ok("A", k(), 2.0, n=2)), NOISE).notes
    (note,) = (line for line in found if "disturbed" in line)
    assert note.startswith("contended, noisy: the timings of 2 of 3 candidates of both versions")


def test_nothing_to_say() -> None:
    """With processes, one stack and all criteria there is no note."""
    many = ok("A", k(), 1.0, n=2)
    processes = version_comparison("net", side("a", many), side("b"), NOISE)
    assert processes.notes == ()
