"""The append-only log."""

from __future__ import annotations

from pathlib import Path

import pytest
from fitment.registry.errors import NewerStoreError
from fitment.registry.storage import journal
from hypothesis import given
from hypothesis import strategies as st


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder whose log holds three events."""
    for number in range(3):
        journal.append(tmp_path, "sweep", {"number": number, "text": "é\n☃"}, count=2)
    return tmp_path


def events(folder: Path) -> list[journal.Event]:
    return [record.event for record in journal.scan(folder)]


def test_appended_events_come_back_in_order_with_their_ids(folder: Path) -> None:
    """Sequence numbers count from 1 and ids go on where the last event left off."""
    assert [(event.seq, event.first_id, event.next_id) for event in events(folder)] == [
        (1, 1, 3),
        (2, 3, 5),
        (3, 5, 7),
    ]
    assert events(folder)[2].body == {"number": 2, "text": "é\n☃"}


def test_append_acknowledges_the_event_s_number_and_first_id(folder: Path) -> None:
    """An append gives back what the record says."""
    assert journal.append(folder, "sweep", {}, count=5) == journal.Appended(4, 7)


def test_each_record_is_one_line(folder: Path) -> None:
    """Line ends inside texts are escaped, so that a line is a record."""
    assert journal.log_of(folder).read_bytes().count(b"\n") == 3


def test_a_scan_can_start_and_end_between_any_two_records(folder: Path) -> None:
    """A position taken from a record leads to those after it, an end offset to those before."""
    first, second, third = journal.scan(folder)
    assert list(journal.scan(folder, first.after)) == [second, third]
    assert list(journal.scan(folder, end=second.after.offset)) == [first, second]


def test_the_last_record_is_found_from_the_end(folder: Path) -> None:
    """The newest record, and the newest before an offset, come without reading the whole log."""
    first, _, third = journal.scan(folder)
    assert journal.last(folder) == third
    assert journal.last(folder, first.after.offset) == first


@given(st.lists(st.integers(0, 200_000), min_size=1, max_size=4))
def test_the_last_record_is_found_whatever_the_sizes(sizes: list[int]) -> None:
    """Records longer than what is read at once are found whole."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as name:
        for size in sizes:
            journal.append(Path(name), "sweep", {"text": "x" * size})
        last = journal.last(Path(name))
    assert last is not None
    assert last.event.body == {"text": "x" * sizes[-1]}


def test_a_flipped_bit_anywhere_never_passes(folder: Path) -> None:
    """Every single-bit change of the log is damage or a torn end, never a different event."""
    sound = journal.log_of(folder).read_bytes()
    intact = [record.line for record in journal.scan(folder)]
    for offset in range(len(sound)):
        flipped = bytearray(sound)
        flipped[offset] ^= 1 << offset % 8
        journal.log_of(folder).write_bytes(flipped)
        try:
            lines = [record.line for record in journal.scan(folder)]
        except journal.JournalDamagedError:
            continue
        pytest.fail(f"byte {offset}: read {len(lines)} of {len(intact)} records without an error")


def test_damage_is_named_by_record_and_byte(folder: Path) -> None:
    """The error says which record is damaged, where it starts, and what to do."""
    first, *_ = journal.scan(folder)
    content = bytearray(journal.log_of(folder).read_bytes())
    content[first.after.offset + 40] ^= 1
    journal.log_of(folder).write_bytes(content)
    with pytest.raises(journal.JournalDamagedError, match=rf"record 2 at byte {first.after.offset} .*doctor"):
        list(journal.scan(folder))


def test_a_record_of_another_log_does_not_fit(folder: Path, tmp_path: Path) -> None:
    """A sound record in the place of another is damage: the chain of CRCs tells."""
    other = tmp_path / "other"
    other.mkdir()
    for number in (7, 8, 9):
        journal.append(other, "sweep", {"number": number, "text": "é\n☃"}, count=2)
    lines = journal.log_of(folder).read_bytes().splitlines(keepends=True)
    lines[1] = journal.log_of(other).read_bytes().splitlines(keepends=True)[1]
    journal.log_of(folder).write_bytes(b"".join(lines))
    with pytest.raises(journal.JournalDamagedError, match="record 2"):
        list(journal.scan(folder))


def test_a_torn_record_is_cut_off_by_the_next_append(folder: Path) -> None:
    """What an interrupted write left is never followed by a record."""
    with journal.log_of(folder).open("ab") as log:
        log.write(b'400 4 00000000 {"v":1,"kind":"swe')
    assert journal.append(folder, "sweep", {}).seq == 4
    assert [event.seq for event in events(folder)] == [1, 2, 3, 4]


def test_trim_tells_how_much_it_cut_off(folder: Path) -> None:
    """A torn record's bytes are counted; a sound log loses nothing."""
    assert journal.trim(folder) == 0
    with journal.log_of(folder).open("ab") as log:
        log.write(b"400 4 0")
    assert journal.trim(folder) == 7
    assert len(events(folder)) == 3


def test_zeros_that_a_power_cut_left_count_as_not_written(folder: Path) -> None:
    """A size that was extended without its data is a torn record."""
    with journal.log_of(folder).open("ab") as log:
        log.write(b"\0" * 500)
    assert len(events(folder)) == 3
    assert journal.trim(folder) == 500


def test_numbers_that_json_does_not_know_are_refused(folder: Path) -> None:
    """NaN and infinities never reach the log."""
    with pytest.raises(ValueError, match="not JSON compliant"):
        journal.append(folder, "sweep", {"x": float("nan")})
    assert len(events(folder)) == 3


def test_an_older_event_is_upcast_step_by_step(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each version's function makes the next version's event, and only what is older passes through."""
    now = journal.EVENT_VERSION
    monkeypatch.setattr(journal, "EVENT_VERSION", now + 2)
    monkeypatch.setitem(journal.UPCASTS, now, lambda raw: raw | {"body": raw["body"] | {"second": True}})
    monkeypatch.setitem(journal.UPCASTS, now + 1, lambda raw: raw | {"kind": raw["kind"].upper()})
    journal.append(folder, "new", {})
    assert [(event.kind, event.body.get("second")) for event in events(folder)] == [
        ("SWEEP", True),
        ("SWEEP", True),
        ("SWEEP", True),
        ("new", None),
    ]


def test_own_models_of_old_are_flagged_for_weights_not_stated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before version 5 a factory's weights may have been drawn without a word; later rows say it."""
    zoo, own, plain, said = (
        {"row": {"model_source": source, "flags": flags}}
        for source, flags in (("zoo", "noisy"), ("module", "noisy"), ("module", ""), ("module", "speed_only"))
    )
    with monkeypatch.context() as patch:
        patch.setattr(journal, "EVENT_VERSION", 4)
        for body in (zoo, own, plain, said):
            journal.append(tmp_path, "measured", body)
    journal.append(tmp_path, "measured", own)
    flags = [event.body["row"]["flags"] for event in events(tmp_path)]
    assert flags == ["noisy", "noisy,speed_only", "speed_only", "speed_only", "noisy"]


def test_a_newer_event_is_refused_with_both_versions(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An event of a newer fitment names its version and ours."""
    known = journal.EVENT_VERSION
    monkeypatch.setattr(journal, "EVENT_VERSION", known + 1)
    monkeypatch.setitem(journal.UPCASTS, known, lambda raw: raw)
    journal.append(folder, "sweep", {})
    monkeypatch.undo()
    with pytest.raises(NewerStoreError, match=f"event 4 has version {known + 1}, this fitment knows {known}"):
        journal.last(folder)


def test_each_database_has_its_own_journal(tmp_path: Path) -> None:
    """Names that differ only behind their last dot don't share a journal."""
    folders = {journal.folder_of(tmp_path / name) for name in ("lab.v1", "lab.v2", "lab.duckdb")}
    assert len(folders) == 3
    assert journal.folder_of(tmp_path / "lab.duckdb") == tmp_path / "lab.journal"
