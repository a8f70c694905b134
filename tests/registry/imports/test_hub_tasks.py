"""The tasks are written as the hub writes them."""

from __future__ import annotations

import re

from fitment.registry.imports.hub_tasks import TASKS


def test_tasks_are_pipeline_tags() -> None:
    """Small letters, figures and hyphens; the usual ones are among them."""
    assert {"text-generation", "fill-mask", "image-classification"} <= TASKS
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", task) for task in TASKS)
