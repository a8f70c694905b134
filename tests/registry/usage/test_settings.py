from __future__ import annotations

import time

from fitment.registry.usage.settings import of_requirements, of_settings


def test_keys_that_name_models_are_read() -> None:
    """In JSON, TOML and INI alike; a model's own configuration is surer."""
    text = '{"_name_or_path": "a/b", "out": "c/d"}\nmodel = "e/f"  # x\n[s]\nbase-model: g/h\nmodel = gpt\n'
    found = {hit.model_id: hit.confidence for hit in of_settings(text)}
    assert list(found) == ["a/b", "e/f", "g/h"]
    assert found["a/b"] > found["e/f"]


def test_spacy_models_are_requirements() -> None:
    """By name, with dashes, or by the address of a wheel; other packages are none."""
    text = (
        "torch\nen-core-web-sm==3.7\nde_core_news_sm @ https://x/de_core_news_sm-3.7.whl\n# en_core_web_md\n"
    )
    assert [(hit.line, hit.model_id) for hit in of_requirements(text)] == [
        (2, "en_core_web_sm"),
        (3, "de_core_news_sm"),
    ]


def test_a_line_of_a_megabyte_ends() -> None:
    """Minified data is cut, not followed."""
    started = time.process_time()
    of_settings('"model": ' * 100_000)
    assert time.process_time() - started < 30  # a guard against never, not a timing
