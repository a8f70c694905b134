"""A model's record from its card."""

from __future__ import annotations

from fitment.registry.cards.read import CardFile, read_card, read_card_file
from fitment.registry.cards.to_record import record_of, with_card
from fitment.registry.catalogue.model_record import BaseModel, ModelRecord

from tests.registry.cards.corpus import DATA


def test_a_record_holds_what_the_card_is_sure_of() -> None:
    """Licence, base model, size, data that it was trained on, its own figures, links."""
    record = record_of(read_card_file(DATA / "hub_template_full.md"), "wetland/heron")
    assert (record.model_id, record.name, record.organisation) == ("wetland/heron", "Heron-1B", "Wetland Lab")
    assert (record.licence, record.task, record.parameters) == ("cc-by-4.0", "text-generation", 10**9)
    assert record.base_models == (BaseModel("EleutherAI/pythia-1b", "finetune"),)
    assert record.urls == {
        "repository": "https://github.com/wetland-lab/heron",
        "demo": "https://huggingface.co/spaces/wetland-lab/heron-demo",
        "paper": "https://arxiv.org/abs/2304.01373",
    }
    assert record.source.endswith("hub_template_full.md")


def test_figures_of_others_and_test_sets_stay_out() -> None:
    """A comparison's other columns are not the model's; a dataset of the model-index was tested on."""
    compared = record_of(read_card_file(DATA / "benchmarks_compared.md"), "crane")
    assert compared.metrics == {"mmlu": 70.5, "gsm8k": 82.3}
    agent = record_of(read_card_file(DATA / "rl_agent.md"), "ppo")
    assert (agent.training_data, agent.metrics) == ((), {"mean_reward on lunarlander-v2": 271.51})
    assert record_of(read_card_file(DATA / "llama_style.md"), "k").licence == "acme-community"


def test_what_is_said_by_hand_stays() -> None:
    """The card fills the rest; links and metrics are joined by their names."""
    card = read_card(
        CardFile(b"---\nlicense: mit\nlanguage: en\n---\n# A 7B\nhttps://github.com/a/b\n", "card")
    )
    said = ModelRecord(model_id="m", licence="apache-2.0", urls={"home": "https://x"}, version="2")
    record = with_card(said, card)
    assert (record.licence, record.parameters, record.name, record.version) == (
        "apache-2.0",
        7 * 10**9,
        "A 7B",
        "2",
    )
    assert record.urls == {"home": "https://x", "repository": "https://github.com/a/b"}
    assert with_card(ModelRecord(model_id="m"), card).licence == "mit"
