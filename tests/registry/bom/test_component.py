"""A component says what is known of a model and is valid whatever that is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime

from fitment.registry.bom.ancestors import AGAIN, TOLD, Ancestor
from fitment.registry.bom.component import Parts, dependencies
from fitment.registry.bom.document import document
from fitment.registry.bom.known import Known
from fitment.registry.catalogue.model_record import BaseModel, ModelRecord
from fitment.registry.checkpoints.facts import Facts
from fitment.registry.checkpoints.kept import Checkpoint, StoredFile
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.registry.bom.strict import said, sound

TEXT = st.text(st.characters() | st.sampled_from("/:@#%\x00\x1b\u202e"), max_size=12)
WORDS = st.lists(TEXT, max_size=3).map(tuple)
NUMBERS = st.none() | st.integers(0, 2**62)
RECORDS = st.builds(
    ModelRecord,
    model_id=TEXT.filter(bool),
    version=TEXT,
    name=st.none() | TEXT,
    organisation=st.none() | TEXT,
    licence=st.none() | TEXT | st.sampled_from(["mit", "llama2", "other", "gpl-3.0 OR mit", "a and ("]),
    restrictions=WORDS,
    parameters=NUMBERS,
    architecture=st.none() | TEXT | st.just("Transformer"),
    task=st.none() | TEXT,
    tags=WORDS,
    training_data=WORDS,
    released_on=st.none() | st.dates(),
    urls=st.dictionaries(TEXT, TEXT | TEXT.map("https://h.org/{}".format), max_size=3),
    metrics=st.dictionaries(TEXT, st.floats(allow_nan=False, allow_infinity=False), max_size=3),
    downloads=NUMBERS,
    rating=st.none() | st.floats(0, 5),
    source=TEXT,
)
NAMES = TEXT.filter(bool)
RELATIONS = st.sampled_from([None, "finetune", "merge", "x"])
BASES = st.recursive(
    st.builds(Ancestor, NAMES, RELATIONS, st.none() | RECORDS, st.just(TOLD)),
    lambda inner: st.builds(
        Ancestor,
        *(NAMES, RELATIONS, RECORDS, st.sampled_from([TOLD, AGAIN]), st.lists(inner, max_size=2).map(tuple)),
    ),
    max_leaves=4,
)
DIGEST = "ab" * 32


def written(*known: Known) -> str:
    parts = Parts()
    for each in known:
        parts.announce(each)
    models = [parts.model(each) for each in known]
    data = [parts.data[name] for name in sorted(parts.data)]
    return document(models[0], [*models[1:], *data], dependencies(parts.needs))


def known(record: ModelRecord, **more: object) -> Known:
    return Known(model_id=record.model_id, record=record, **more)  # type: ignore[arg-type]


@settings(max_examples=40, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(RECORDS, st.lists(BASES, max_size=2))
def test_any_record_is_valid(record: ModelRecord, bases: list[Ancestor]) -> None:
    """Whatever the texts, numbers and ancestors are: strictly valid, closed in itself, the same twice."""
    model = known(record, bases=tuple(bases), files=(StoredFile(record.model_id, DIGEST, 1),))
    text = written(model)
    read = sound(text)
    assert read["metadata"]["component"]["type"] == "machine-learning-model"
    assert written(model) == text


def test_what_is_known_is_said() -> None:
    """Identity, hub address, licence, files, data and figures each stand in their place."""
    record = ModelRecord(
        model_id="org/name",
        version="AB" * 20,
        name="Shown",
        organisation="Org",
        licence="llama2",
        restrictions=("non-commercial",),
        parameters=7_000_000_000,
        architecture="Transformer",
        task="text-generation",
        tags=("chat",),
        training_data=("web", "books"),
        released_on=date(2023, 7, 18),
        urls={"home": "https://huggingface.co/org/name"},
        metrics={"mmlu": 0.459},
        source="seed.json",
    )
    facts = Facts(model_type="llama", architecture="LlamaForCausalLM", quantisation="Q4_K", parameters=5)
    kept = Checkpoint("org/name", record.version, "beside:", facts, datetime(2026, 1, 1, tzinfo=UTC), 3)
    read = sound(written(known(record, checkpoint=kept, files=(StoredFile("m.gguf", DIGEST, 9),))))
    model = read["metadata"]["component"]
    assert (model["group"], model["name"], model["version"]) == ("org", "name", record.version)
    assert model["purl"] == f"pkg:huggingface/org/name@{'ab' * 20}"
    assert model["hashes"] == [{"alg": "SHA-256", "content": DIGEST}]
    assert model["components"][0]["name"] == "m.gguf"
    card = model["modelCard"]
    assert card["modelParameters"] == {
        "task": "text-generation",
        "architectureFamily": "llama",
        "modelArchitecture": "LlamaForCausalLM",
        "datasets": [{"ref": "data:books"}, {"ref": "data:web"}],
    }
    assert card["quantitativeAnalysis"]["performanceMetrics"] == [
        {"type": "mmlu", "value": "0.459", "slice": "declared; source=seed.json"}
    ]
    (commercial,) = said(model, "licence:commercial_use")
    assert commercial.startswith("conditional: ")
    assert "exclude: non-commercial" in commercial
    assert said(model, "quantisation") == ["Q4_K"]
    assert [each["name"] for each in read["components"]] == ["books", "web"]


def test_a_model_in_two_places_is_told_in_one() -> None:
    """A base that is a component itself is only pointed at from the pedigree, whichever comes first."""
    root = ModelRecord(model_id="root", licence="mit")
    child = ModelRecord(model_id="a", licence="mit", base_models=(BaseModel("root", "finetune"),))
    base = Ancestor("root", "finetune", root, TOLD)
    read = sound(written(known(child, bases=(base,)), known(root)))
    (told,) = read["metadata"]["component"]["pedigree"]["ancestors"]
    assert "bom-ref" not in told
    assert said(told, "told_at") == ["model:root"]
    assert said(told, "licence:finetune_release")[0].startswith("compatible")
    graph: Mapping[str, object] = {each["ref"]: each.get("dependsOn") for each in read["dependencies"]}
    assert graph == {"model:a": ["model:root"], "model:root": None}


def test_a_name_that_nobody_recorded_is_only_a_name() -> None:
    """Without a record nothing is invented: no licence, no verdict."""
    model = sound(written(Known(model_id="x/y")))["metadata"]["component"]
    assert json.loads(json.dumps(model)) == {
        "type": "machine-learning-model",
        "bom-ref": "model:x/y",
        "group": "x",
        "name": "y",
        "properties": [{"name": "fitment:in_catalogue", "value": "false"}],
    }
