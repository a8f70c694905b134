"""The journal's two copies made good from each other."""

from __future__ import annotations

from pathlib import Path

import pytest
from fitment.registry.storage import database, heal, journal, segments

from tests.registry.storage import examples


def healed(path: Path, *, alone: bool = False) -> heal.Healing:
    """What healing says; ``alone``: without the database."""
    done = heal.Healing()
    if alone:
        heal.heal(journal.folder_of(path), None, done)
    else:
        with database.connect(path, read_only=True) as con:
            heal.heal(journal.folder_of(path), con, done)
    return done


def test_a_sound_journal_is_left_as_it_is(path: Path) -> None:
    """Nothing is found and nothing is done."""
    before = examples.log(path).read_bytes()
    assert healed(path) == heal.Healing()
    assert examples.log(path).read_bytes() == before


@pytest.mark.parametrize("place", [0, 0.3, 0.6, 0.99])
def test_damage_anywhere_is_healed_byte_for_byte(path: Path, place: float) -> None:
    """Changed, removed, added and cut bytes come back from the database; the damaged log is kept aside."""
    sound = examples.log(path).read_bytes()
    at = int(place * len(sound))
    for bad in (
        sound[:at] + bytes([sound[at] ^ 1]) + sound[at + 1 :],
        sound[:at] + sound[at + 30 :],
        sound[:at] + b"\n" + sound[at + 1 :],
        sound.replace(b"\n", b"\x0b"),
    ):
        examples.log(path).write_bytes(bad)
        done = healed(path)
        assert done.findings == []
        assert examples.log(path).read_bytes() == sound
    aside = list(path.with_suffix(".journal").glob("events.log.corrupt-*"))
    assert bad in [file.read_bytes() for file in aside]


@pytest.mark.parametrize("place", [0, 0.5])
def test_bytes_that_do_not_belong_there_are_taken_out(path: Path, place: float) -> None:
    """Records behind inserted bytes are found again."""
    sound = examples.log(path).read_bytes()
    at = int(place * len(sound))
    examples.log(path).write_bytes(sound[:at] + b"more\n" + sound[at:])
    assert healed(path).findings == []
    assert examples.log(path).read_bytes() == sound


def test_a_log_that_lost_its_end_gets_it_back(path: Path) -> None:
    """Whole records that are missing are appended again."""
    sound = examples.log(path).read_bytes()
    examples.log(path).write_bytes(b"".join(sound.splitlines(keepends=True)[:4]))
    assert "healed from the database (records 5, 6, 7, 8, 9)" in healed(path).repairs[0]
    assert examples.log(path).read_bytes() == sound


def test_a_log_that_is_gone_is_made_again(path: Path) -> None:
    """All records come from the database."""
    sound = examples.log(path).read_bytes()
    examples.log(path).unlink()
    assert "made again from the database (9 records)" in healed(path).repairs[0]
    assert examples.log(path).read_bytes() == sound


def test_damage_without_a_sound_copy_is_named_and_nothing_overwritten(path: Path) -> None:
    """A record that only the log had stays as it is, damaged, and is named."""
    content = bytearray(examples.log(path).read_bytes())
    content[len(content) // 2] ^= 1
    examples.log(path).write_bytes(content)
    done = healed(path, alone=True)
    assert "is damaged and there is no sound copy of it" in done.findings[0]
    assert examples.log(path).read_bytes() == content


def test_records_that_the_database_has_not_yet_are_kept(path: Path) -> None:
    """Healing an old record keeps the new ones behind it."""
    journal.append(journal.folder_of(path), "later", {})
    sound = examples.log(path).read_bytes()
    bad = bytearray(sound)
    bad[300] ^= 1
    examples.log(path).write_bytes(bad)
    assert healed(path).findings == []
    assert examples.log(path).read_bytes() == sound


def test_a_torn_record_is_dropped(path: Path) -> None:
    """What was never acknowledged goes, and is told."""
    sound = examples.log(path).read_bytes()
    examples.log(path).write_bytes(sound + b"200 10 12")
    assert "cut off by an interruption" in healed(path).repairs[0]
    assert examples.log(path).read_bytes() == sound


def test_segments_are_written_again_from_the_database(path: Path) -> None:
    """Missing and damaged segments come back byte for byte."""
    folder = path.with_suffix(".journal") / "segments"
    files = sorted(folder.iterdir())
    sound = [file.read_bytes() for file in files]
    files[0].unlink()
    files[1].write_bytes(b"x")
    assert len(healed(path).repairs) == 2
    assert [file.read_bytes() for file in sorted(folder.iterdir())] == sound


def test_a_segment_without_a_sound_copy_is_named(path: Path) -> None:
    """Without the database a missing segment is a finding."""
    victim = next((path.with_suffix(".journal") / "segments").iterdir())
    victim.unlink()
    assert victim.name in healed(path, alone=True).findings[0]


def test_a_copy_that_is_not_what_its_name_says_is_not_used(path: Path) -> None:
    """A changed copy in the database never becomes a segment."""
    victim = next((path.with_suffix(".journal") / "segments").iterdir())
    victim.unlink()
    with database.connect(path, read_only=False) as con:
        con.execute("UPDATE segments SET content = 'x'::BLOB")
    assert victim.name in healed(path).findings[0]
    assert not victim.exists()


def test_orphan_segments_are_removed(path: Path) -> None:
    """A segment whose event was never written goes."""
    segments.write(path.with_suffix(".journal"), b"orphan")
    assert "removed 1 file(s)" in healed(path).repairs[0]
