from __future__ import annotations

from fitment.registry.choosing.choose import choose
from fitment.registry.choosing.standing import choice_standing
from fitment.registry.choosing.wanted import Wanted
from fitment.registry.storage.store import Store

from tests.registry.fit.stores import HERE


def test_the_results_that_rows_show(recorded: Store) -> None:
    """Sorted, with the store's newest event; none where no result is shown."""
    with recorded.reading() as con:
        measured, declared = (
            choice_standing(con, choose(con, Wanted(hardware=hardware, task="fast")))
            for hardware in (HERE.hardware, None)
        )
    assert len(measured.result_ids) == 6
    assert list(measured.result_ids) == sorted(measured.result_ids)
    assert measured.newest is not None
    assert (declared.result_ids, declared.newest) == ((), None)
    assert declared.seq == measured.seq > 0
