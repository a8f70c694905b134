from __future__ import annotations

from fitment.registry.usage.ids import Named, named
from fitment.registry.usage.table import commands, find_load, loads, tokens


def test_every_row_can_be_found_by_its_tokens() -> None:
    """The filter knows each package and a part of each of its calls."""
    known = dict(tokens())
    for load in loads():
        package, parts = load.needed
        assert package in known
        assert all(part and known[package].search(part) for part in parts), load


def test_names_are_matched_by_their_ends() -> None:
    """At any depth of the package, and never of another's."""
    assert find_load("transformers.models.bert.BertModel.from_pretrained")
    assert find_load("transformers.pipelines.pipeline")
    assert find_load("torch.hub.load")
    assert not find_load("torch.load")
    assert not find_load("sklearn.pipeline")
    keras = find_load("tensorflow.keras.applications.resnet50.ResNet50")
    assert keras is not None
    assert keras.namespace == "keras"


def test_the_first_row_counts() -> None:
    """An adapter is its second argument, a nemo model has its own keyword."""
    adapter = find_load("peft.PeftModel.from_pretrained")
    assert adapter is not None
    assert (adapter.position, adapter.keywords) == (1, ("model_id",))
    automatic = find_load("peft.AutoPeftModelForCausalLM.from_pretrained")
    assert automatic is not None
    assert automatic.position == 0


def test_every_row_says_where_the_id_is() -> None:
    """A position, keywords, or the call's own name; commands an argument or options."""
    for load in loads():
        assert load.calls
        assert load.position is not None or load.keywords or load.only_if, load
    for command in commands():
        assert command.words
        assert command.argument is not None or command.options, command
    assert isinstance(named("a/b", "hf"), Named)
