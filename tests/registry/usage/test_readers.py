from __future__ import annotations

import pytest
from fitment.registry.usage.readers import reader_of

WHEEL = b"torch\nen-core-web-sm==3.7\n"


@pytest.mark.parametrize(
    "path",
    [
        *("requirements.txt", "requirements-dev.in", "a/dev-requirements.txt", "constraints.txt"),
        *("requirements/base.txt", "a/requirements/base.in"),
    ],
)
def test_requirements_are_read_by_name_or_folder(path: str) -> None:
    """At any depth."""
    found = reader_of(path)
    assert found is not None
    assert [hit.model_id for hit in found[0](WHEEL)] == ["en_core_web_sm"]


@pytest.mark.parametrize("path", ["notes.txt", "requirements/notes.md", "requirements/a/b.txt", "x.lock"])
def test_other_texts_are_not_read(path: str) -> None:
    """Words about models are no uses."""
    assert reader_of(path) is None
