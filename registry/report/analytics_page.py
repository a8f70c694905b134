"""The analyses of the recorded models as a page; each says of how many models it is."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from ..analytics.analytics import Analytics
from ..analytics.distributions import Distribution
from ..licences.check import DISCLAIMER
from .analytics_sections import concentration, metrics, permissions, releases, sizes
from .charts import Axis, Bars
from .document import Document, Section
from .export import json_text
from .text_table import Table

JSON_FORMAT = "fitment.analytics"
JSON_VERSION = 1
NAMED = 12  # categories of a chart; the others are one bar


def to_json(found: Analytics) -> str:
    """Every figure as one JSON object: format and version, then the fields of ``Analytics`` by name."""
    return json_text({"format": JSON_FORMAT, "version": JSON_VERSION} | _plain(asdict(found)))


def analytics_document(found: Analytics) -> Document:
    """The page's sections, from the totals to what licences allow."""
    asked = found.selection.in_words()
    return Document(
        f"The recorded models: {asked}" if asked else "The recorded models",
        (
            _totals(found),
            Section(
                "What they are",
                tuple(map(_spread_words, found.distributions)),
                charts=tuple(map(_spread, found.distributions)),
            ),
            metrics(found),
            releases(found.releases),
            sizes(found),
            concentration(found.concentration),
            permissions(found),
            Section("About the verdicts", (DISCLAIMER,)),
        ),
    )


def _totals(found: Analytics) -> Section:
    t = found.totals
    known = (
        ("organisation", t.with_organisation), ("licence", t.with_licence), ("parameters", t.with_parameters),
        ("size in bytes", t.with_size), ("architecture", t.with_architecture), ("task", t.with_task),
        ("release date", t.with_release_date), ("declared metrics", t.with_metrics),
        ("downloads", t.with_downloads), ("rating", t.with_rating),
    )  # fmt: skip
    return Section(
        "Totals",
        (
            f"{t.models:,} models in {t.versions:,} versions, of {t.organisations:,} organisations;"
            " each counts once, by its newest release.",
            f"{t.with_licence:,} declare a licence, {t.without_licence:,} none.",
        ),
        Table(
            ("what is known", "models", "of all"),
            tuple((name, f"{n:,}", f"{n / t.models:.0%}") for name, n in known),
            frozenset({"models", "of all"}),
        ),
    )


def _spread_words(d: Distribution) -> str:
    said = f"{d.of_what}: n = {d.n:,} models, {d.distinct:,} distinct"
    return f"{said}; {d.missing:,} say none." if d.missing else f"{said}."


def _spread(d: Distribution) -> Bars:
    """Its first categories; what is beyond them as one, whether it is named in ``parts`` or not."""
    shown = tuple((part.label, part.n) for part in d.parts[:NAMED])
    rest = d.n - sum(n for _, n in shown)
    others = (d.distinct - len(shown), float(rest)) if rest else None
    return Bars(f"Models by {d.of_what}, n = {d.n:,}", Axis("models"), shown, NAMED, others=others)


def _plain(value: Any) -> Any:
    """Dates as ISO 8601."""
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(entry) for entry in value]
    return value.isoformat() if isinstance(value, date) else value
