"""Family trees to draw."""

from __future__ import annotations

from dataclasses import replace

from fitment.registry.lineage.kinds import ALL, View
from fitment.registry.lineage.pictures.family_tree import Branches, FamilyTree, family_tree

from tests.registry.lineage.small import ecosystem
from tests.registry.report.conftest import HOSTILE

FAMILY = """
lab/base>lab/net:finetune lab/old>lab/base lab/net>lab/q4:quantized lab/net>lab/lora:adapter
lab/lora>lab/lora-q4:quantized lab/net>lab/blend:merge lab/lora>lab/blend:merge other/net>lab/blend:merge
lab/net>lab/ring:finetune lab/ring>lab/round:finetune lab/round>lab/ring:merge lab/net>lab/said
"""
TOLD = {
    "lab/base": {"licences": ("llama3.1",)},
    "lab/net": {"licences": ("apache-2.0",), "likes": 1234.0, "downloads": 56789.0},
    "lab/lora": {"licences": ("cc-by-nc-4.0", "mit"), "likes": 1.0},
    "lab/q4": {"licences": ("other",), "downloads": 0.0},
    "lab/ring": {"licences": ("gpl-3.0",)},
}
BAD = (HOSTILE, f"{HOSTILE}]]>\"'&\ufffe\udc80\u200fעברית", "長" * 500, "x" * 500)


def small_tree(limit: int = 40, view: View = ALL) -> FamilyTree:
    """One with every kind of edge, a second way, a cycle, and both sides."""
    return family_tree(ecosystem(FAMILY, TOLD), "lab/net", limit=limit, view=view)


def hostile_tree() -> FamilyTree:
    """The same, with names and licences that are attacks."""
    tree = small_tree()
    return replace(tree, above=_hostile(tree.above), below=_hostile(tree.below))


def _hostile(side: Branches) -> Branches:
    models = (
        replace(model, name=BAD[at % len(BAD)], licences=(HOSTILE, BAD[2]))
        for at, model in enumerate(side.models)
    )
    return replace(side, models=tuple(models))
