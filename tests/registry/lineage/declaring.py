"""Models that declare licences, for tests of their audit: written by hand, and drawn."""

from __future__ import annotations

from fitment.registry.lineage.ecosystem import Ecosystem
from hypothesis import strategies as st

from tests.registry.lineage.small import ecosystem

# What models of random graphs declare: all that drift treats in a way of its own.
SETS = (
    *((), ("other",), ("mit",), ("llama2",), ("llama3.1",), ("gemma",), ("cc-by-nc-4.0",)),
    *(("gpl-3.0",), ("agpl-3.0",), ("lgpl-2.1",), ("lgpl",), ("cc-by-sa-3.0",), ("cc-by-sa-4.0",)),
    *(("cc-by-nd-4.0",), ("openrail",), ("gpl-3.0", "mit"), ("cc-by-nc-4.0", "cc-by-nc-sa-4.0")),
    *(("bsd", "gemma"), ("gpl-2.0", "lgpl-2.1"), ("mit", "other"), ("mit AND gpl-3.0",)),
    *(("cc-by-nc-4.0 AND llama2",), ("gpl-3.0 AND (mit OR gemma)", "agpl-3.0")),
)
KINDS = ("", ":finetune", ":quantized", ":adapter", ":merge", ":quantized+adapter")


def declared(licences: str) -> dict[str, dict[str, object]]:
    """``a=mit|gpl-3.0 b=mit~AND~llama2 c=`` as models for ``ecosystem``."""
    told = (word.replace("~", " ").partition("=") for word in licences.split())
    return {model: {"licences": tuple(sorted(filter(None, said.split("|"))))} for model, _, said in told}


@st.composite
def graphs(draw: st.DrawFn) -> tuple[Ecosystem, list[tuple[str, ...]]]:
    """A few models with some edges, circles and loops among them, and what each declares."""
    n = draw(st.integers(2, 7))
    end = st.integers(0, n - 1)
    edges = draw(st.lists(st.tuples(end, end, st.sampled_from(KINDS)), min_size=1, max_size=12))
    said = draw(st.lists(st.sampled_from(SETS), min_size=n, max_size=n))
    models = {str(at): {"licences": each} for at, each in enumerate(said)}
    return ecosystem(" ".join(f"{a}>{b}{kind}" for a, b, kind in edges), models), said
