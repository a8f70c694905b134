"""All that is known of one model."""

from __future__ import annotations

from dataclasses import replace

from fitment.registry.catalogue.aliases import set_alias
from fitment.registry.catalogue.model_facts import MeasuredName, User, model_facts
from fitment.registry.catalogue.record_models import record_models
from fitment.registry.catalogue.versions import add_version
from fitment.registry.report.listing import shown
from fitment.registry.report.model_text import shown_model
from fitment.registry.storage.store import Store
from fitment.registry.usage.found import Use
from fitment.registry.usage.kept import record_uses

from tests.registry.catalogue.model_examples import WHOLE


def test_a_record_is_joined_with_results_versions_aliases_and_users(store: Store) -> None:
    """Under the names that it was measured as; another version is named."""
    record_models(store, [replace(WHOLE, measured_as=("resnet18",)), replace(WHOLE, version="0.9")], "")
    add_version(store, "resnet18", "v1")
    set_alias(store, "resnet18", "production", "v1")
    record_uses(store, "repo", [Use("repo", "a.py", n, "c", "lab/net-7b", 1.0) for n in (1, 2)])
    with store.reading() as con:
        facts = model_facts(con, "resnet18", "1.0")
    assert facts.versions == ("1.0", "0.9")
    assert facts.names == (MeasuredName("resnet18", ("v1",), (("production", "v1"),)),)
    (measured,) = facts.measured
    assert (measured.precision, measured.results, measured.throughput) == ("fp32", 4, 80.0)
    assert measured.peak_memory_bytes == 1000
    assert facts.users == (User("repo", 2),)
    text = shown(shown_model(facts))
    for said in ("lab/net-7b 1.0", "other versions", "production → v1", "repo (2)", "Test CPU", "4.5 of 5"):
        assert said in text, said


def test_of_a_model_that_was_never_measured_there_is_its_record(store: Store) -> None:
    """Nothing else is made up."""
    record_models(store, [WHOLE], "")
    with store.reading() as con:
        facts = model_facts(con, "lab/net-7b")
    assert (facts.names, facts.measured, facts.users) == ((), (), ())
    assert facts.record == WHOLE
