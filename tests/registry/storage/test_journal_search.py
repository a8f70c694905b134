from __future__ import annotations

from pathlib import Path

import pytest
from fitment.registry.storage import journal
from fitment.registry.storage.journal_search import newest_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A journal in which wanted events stand between others that speak of them."""
    for number in range(3):
        journal.append(tmp_path, "wanted", {"number": number})
        journal.append(tmp_path, "other", {"long": "x" * 100_000, "said": '"kind":"wanted"'})
    journal.append(tmp_path, "other", {"kind": "wanted"})
    return tmp_path


def test_the_newest_of_a_kind_wherever_it_stands(folder: Path) -> None:
    """Not what another event says in its body; behind it there may be much."""
    found = newest_of(folder, "wanted")
    assert found is not None
    assert (found.kind, found.body, found.seq) == ("wanted", {"number": 2}, 5)
    assert newest_of(folder, "never") is None
    journal.append(folder, "wanted", {"number": 3})
    last = newest_of(folder, "wanted")
    assert last is not None
    assert last.body == {"number": 3}


def test_what_was_never_acknowledged_does_not_count(folder: Path) -> None:
    """A record cut off in its middle is passed over; nothing of an empty journal is found."""
    journal.append(folder, "wanted", {"number": 3, "much": "x" * 100})
    log = journal.log_of(folder)
    log.write_bytes(log.read_bytes()[:-50])
    found = newest_of(folder, "wanted")
    assert found is not None
    assert found.body == {"number": 2}
    log.write_bytes(b"0")
    assert newest_of(folder, "wanted") is None


def test_damage_is_no_answer(folder: Path) -> None:
    """One changed byte of the record that would be the answer, or of the last one, is an error."""
    log = journal.log_of(folder)
    sound = log.read_bytes()
    for at in (sound.index(b'{"number":2}') + 10, len(sound) - 5):
        log.write_bytes(sound[:at] + b"9" + sound[at + 1 :])
        with pytest.raises(journal.JournalDamagedError):
            newest_of(folder, "wanted")
