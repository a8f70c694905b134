from __future__ import annotations

from datetime import date

from fitment.registry.catalogue.model_records import find_record
from fitment.registry.choosing.candidates import candidates
from fitment.registry.choosing.wanted import AskedMetric, Wanted

from tests.registry.analytics.records import empty_table, insert, insert_five
from tests.registry.choosing.models import candidate


def test_the_newest_release_of_each() -> None:
    """The one that find_record finds, by id; a metric that is no number is none."""
    with empty_table() as con:
        insert_five(con)
        insert(con, "five", version="old", released_on=date(1999, 1, 1), seq=9)
        metrics = AskedMetric("mmlu"), AskedMetric("only")
        found = candidates(con, Wanted(metrics=metrics, task="chat"))
        assert candidates(con, Wanted())[0].metrics == {}
        assert [each.model_id for each in found] == ["a/one", "a/three", "a/two", "b/four", "five"]
        assert [each.version for each in found] == [find_record(con, e.model_id).version for e in found]
    assert found[0].metrics == {"mmlu": 0.4, "only": 0.5}
    assert found[0].tags == ("Chat",)
    assert found[3].metrics == {}
    assert found[3].restrictions == ("non-commercial",)


def test_by_what_it_has_a_task() -> None:
    """Its own before a tag, whole, in any case, with blanks or underscores for hyphens; never a part."""
    model = candidate(task="text-generation", tags=("Chat", "code llama"))
    assert model.has_task("Text Generation") == "task text-generation"
    assert model.has_task("chat") == 'tag "Chat"'
    assert model.has_task("code_llama") == 'tag "code llama"'
    assert model.has_task("code") is None
    assert candidate().has_task("chat") is None
