from __future__ import annotations

import pytest
from fitment.registry.usage.ids import Named, is_owned, named, of_url


@pytest.mark.parametrize(
    ("text", "namespace", "expected"),
    [
        ("google/gemma-2b", "hf", "google/gemma-2b"),
        ("hf://google/gemma-2b@v1", "hf", "google/gemma-2b"),
        ("https://huggingface.co/BAAI/bge-m3/resolve/main/model.bin", "hf", "BAAI/bge-m3"),
        ("gpt2", "hf", "gpt2"),
        ("01-ai/Yi-1.5-9B", "hf", "01-ai/Yi-1.5-9B"),
        ("openchat/openchat_3.5", "hf", "openchat/openchat_3.5"),
        ("TheBloke/Llama-2-7B-GGUF", "hf", "TheBloke/Llama-2-7B-GGUF"),
        ("all-MiniLM-L6-v2", "sentence_transformers", "all-MiniLM-L6-v2"),
        ("pytorch/vision:v0.10.0:resnet18", "torch_hub", "pytorch/vision:resnet18"),
        ("hf_hub:timm/resnet50.a1_in1k", "timm", "timm/resnet50.a1_in1k"),
        ("yolov8n.pt", "ultralytics", "yolov8n.pt"),
        ("base.en", "whisper", "base.en"),
        ("de_core_news_sm", "spacy", "de_core_news_sm"),
        ("llama3:8b", "ollama", "llama3:8b"),
    ],
)
def test_ids_of_each_place(text: str, namespace: str, expected: str) -> None:
    """What a hub, library or package calls a model; a revision is no part of it."""
    found = named(text, namespace)
    assert isinstance(found, Named)
    assert found.model_id == expected


PATHS = "./ckpt /data/x ~/m ..\\x C:\\m models/bert checkpoints/step-1000 a/b/c org/model.pt s3://b/k output"


@pytest.mark.parametrize("text", [*PATHS.split(), "", " ", "x" * 300, "a/b\x1b[31m", "a/\u202eb"])
def test_paths_and_hostile_texts_are_no_ids(text: str) -> None:
    """Local paths, files of weights, other addresses, control characters, overlong texts."""
    assert named(text, "hf") is None


def test_a_bare_word_is_neither() -> None:
    """A name without an owner that the hub never had is said to be open."""
    assert "a folder?" in str(named("my_model", "hf"))
    assert named("best.pt", "ultralytics") is None
    assert is_owned("a/b")
    assert not is_owned("gpt2")


def test_addresses_of_other_things_are_no_models() -> None:
    """Datasets, documents and spaces of the hub."""
    assert of_url("https://huggingface.co/datasets/squad") is None
    assert of_url("https://huggingface.co/docs/transformers/index") is None
    assert of_url("https://example.com/a/b") is None
    assert of_url("https://huggingface.co/a/b.git") == "a/b"
