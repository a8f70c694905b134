from __future__ import annotations

from fitment.registry.answers import Descent
from fitment.registry.fit.parentage import in_lineage, known
from fitment.registry.storage.store import Store

from tests.registry.fit.families import FAMILY, declare
from tests.registry.lineage.small import ecosystem


def test_what_records_declare(unscored_store: Store) -> None:
    """Of base models, those that were quantised or adapted; where asked, of who was measured as a name."""
    declare(unscored_store, "a<net:quantized", "b<net:finetune", "c<net", "org/net=net", "d<a:adapter")
    with unscored_store.reading() as con:
        said = known(con, ["a", "b", "c", "net"])
        assert said.declared == (Descent("a", "net", "quantized", "declared"),)
        assert said.measured_as == ()
        assert known(con, ["net"], as_results=True).measured_as == (("org/net", "net"),)


def test_what_a_lineage_has() -> None:
    """Edges labelled quantized or adapter, from a model that is in it; a merge of an adapter is a merge."""
    family = ecosystem(FAMILY)
    found = list(
        in_lineage(family, ["q4", "ft", "blend", "said_by_nobody", "two", "nowhere", "nöbody\udc80"])
    )
    assert found == [
        Descent("q4", "net", "quantized", "lineage"),
        Descent("q4", "q4", "quantized", "lineage"),
        Descent("two", "net", "quantized", "lineage"),
        Descent("two", "other", "adapter", "lineage"),
    ]
