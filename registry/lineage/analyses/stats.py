"""What there is in an ecosystem, in numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from ..ecosystem import TRAITS, Ecosystem
from ..kinds import KINDS, LABELS
from .anomalies import counted, reasons


@dataclass(frozen=True, slots=True)
class Stats:
    """An ecosystem in numbers."""

    file: str
    sha256: str
    recorded_at: datetime | None  # UTC
    rows: int | None  # of the file
    models: int
    edges: int
    by_label: Mapping[str, int]  # edges by the label of each
    by_type: Mapping[str, int]  # edges that are of a type, whatever else they are
    namings_skipped: int  # pairs of a model and a parent that no row has
    alone: int  # models without any edge
    roots: int  # models with an edge that were made from nobody else, and those of cycles that were
    components: int  # families of two or more
    largest: tuple[str, int]  # the root that names the largest family, and its models
    in_cycles: int  # models
    by_depth: tuple[int, ...]  # models by edges on the longest way from a root
    said: Mapping[str, int]  # models that say a trait, likes, downloads, a date, a card
    anomalies: Mapping[str, int]  # by anomalies.KINDS
    quarantine: Mapping[str, int]  # rows by reason


def stats_of(ecosystem: Ecosystem) -> Stats:
    """The numbers of an ecosystem."""
    edges, held = ecosystem.edges, ecosystem.structure
    labels = np.bincount(edges.label, minlength=max(LABELS) + 1)
    sizes = np.bincount(held.component, minlength=1)
    largest = int(np.argmax(sizes))
    strong = np.bincount(held.strong, minlength=1)
    alone = (np.diff(ecosystem.up.starts) == 0) & (np.diff(ecosystem.down.starts) == 0)
    name = ecosystem.names[int(held.root[largest])] if len(ecosystem) else ""
    return Stats(
        file=ecosystem.file,
        sha256=ecosystem.sha256,
        recorded_at=ecosystem.recorded_at,
        rows=ecosystem.rows,
        models=len(ecosystem),
        edges=len(edges.parent),
        by_label={word: int(labels[bit]) for bit, word in LABELS.items()},
        by_type={word: int(np.count_nonzero(edges.types & bit)) for word, bit in KINDS.items()},
        namings_skipped=len(ecosystem.missing.child),
        alone=int(alone.sum()),
        roots=int(np.count_nonzero((held.depth == 0) & ~alone)),
        components=int(np.count_nonzero(sizes > 1)),
        largest=(name, int(sizes[largest])),
        in_cycles=int(strong[strong > 1].sum()),
        by_depth=tuple(np.bincount(held.depth).tolist()),
        said=_said(ecosystem),
        anomalies=counted(ecosystem),
        quarantine=reasons(ecosystem),
    )


def _said(ecosystem: Ecosystem) -> dict[str, int]:
    found = {name: int(np.count_nonzero(ecosystem.trait(name).codes)) for name in TRAITS}
    for name in ("likes", "downloads", "card_characters"):
        found[name.removesuffix("_characters")] = int(np.count_nonzero(~np.isnan(getattr(ecosystem, name))))
    return found | {"created": int(np.count_nonzero(~np.isnat(ecosystem.created)))}
