"""CSV cut into records and fields."""

from __future__ import annotations

import csv
import io

import numpy as np
import pytest
from fitment.kernels.csv_records import BROKEN, OPEN, SOUND, CsvRecords, csv_records
from hypothesis import given
from hypothesis import strategies as st

from tests.kernels.strategies import deterministic

ROWS = st.lists(st.lists(st.text('a",\r\n é', max_size=4), min_size=2, max_size=2), max_size=8)


def cut(text: bytes, *, last: bool = True, room: int = 100) -> CsvRecords:
    return csv_records(np.frombuffer(text, np.uint8), [0, 1], last, room)


def told(found: CsvRecords) -> list[list[bytes]]:
    """The fields of each record."""
    places = zip(found.starts.T.tolist(), found.ends.T.tolist(), strict=True)
    return [[found.text[low:high].tobytes() for low, high in zip(*place, strict=True)] for place in places]


def test_records_by_hand() -> None:
    """Doubled quotes, a line end in quotes, blank lines, CR LF, and a last line without an end."""
    found = cut(b'a,"b""c"\r\n\r\n\n"x\ny",2,3\nlast,')
    assert told(found) == [[b"a", b'b"c'], [b"x\ny", b"2"], [b"last", b""]]
    assert found.fields.tolist() == [2, 3, 2]
    assert found.lines.tolist() == [0, 3, 5]
    assert (found.used, found.used_lines) == (28, 6)


def test_a_broken_quote_costs_its_line() -> None:
    """The next record starts on the next line, also where the quote swallowed that one or never closes."""
    found = cut(b'"a"b,1\n"c,2\nd,"3"\n"e,4\nf,5')
    assert found.problems.tolist() == [BROKEN, BROKEN, SOUND, OPEN, SOUND]
    assert [row for row, problem in zip(told(found), found.problems, strict=True) if problem == SOUND] == [
        [b"d", b"3"],
        [b"f", b"5"],
    ]
    assert found.lines.tolist() == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("text", [b"a,b\nc", b'a,b\n"c"', b'a,b\n"c"\r', b'a,b\n"c', b'a,b\n"c"x'])
def test_what_may_go_on_is_left(text: bytes) -> None:
    """Until more of the file is there."""
    found = cut(text, last=False)
    assert (told(found), found.used, found.used_lines) == ([[b"a", b"b"]], 4, 1)


def test_room() -> None:
    """No more records than that are cut off."""
    found = cut(b"a,1\nb,2\nc,3\n", room=2)
    assert (told(found), found.used) == ([[b"a", b"1"], [b"b", b"2"]], 8)


@deterministic
@given(rows=ROWS)
def test_what_the_csv_module_wrote(rows: list[list[str]]) -> None:
    """Comes back as it was, with its lines."""
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(rows)
    found = cut(text.getvalue().encode())
    assert [[field.decode() for field in row] for row in told(found)] == rows
    assert found.problems.tolist() == [SOUND] * len(rows)
    ends = [1 + sum(field.count("\n") for field in row) for row in rows]
    before = [sum(ends[:at]) for at in range(len(rows))]
    assert found.lines.tolist() == before


def test_columns_that_do_not_ascend() -> None:
    """Are refused by name."""
    for wanted in ([1, 0], [0, 0], [-1]):
        with pytest.raises(ValueError, match="wanted must ascend from 0"):
            csv_records([], wanted, True, 1)
