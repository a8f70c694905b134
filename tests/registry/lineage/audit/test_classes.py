from __future__ import annotations

import pytest
from fitment.registry.lineage.audit.classes import CLASSES, licence_class


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        ((), "none declared"),
        (("mit",), "permissive"),
        (("gpl-3.0",), "copyleft"),
        (("llama3.1",), "limits on use"),
        (("creativeml-openrail-m",), "limits on use"),
        (("cc-by-nc-4.0",), "non-commercial"),
        (("mit AND cc-by-nc-4.0",), "non-commercial"),
        (("mit OR cc-by-nc-4.0",), "permissive"),
        (("other",), "not read"),
        (("<script>",), "not read"),
        (("mit", "other"), "permissive"),
        (("mit", "cc-by-nc-4.0", "gpl-3.0"), "non-commercial"),
        (("apache-2.0", "agpl-3.0"), "copyleft"),
    ],
)
def test_the_one_that_binds_most(declared: tuple[str, ...], expected: str) -> None:
    """By the clauses that descend; what isn't known says nothing beside what is."""
    assert licence_class(declared) == expected
    assert expected in CLASSES
