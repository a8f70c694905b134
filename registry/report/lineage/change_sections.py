"""The sections of a page on a lineage that hold children against their parents."""

from __future__ import annotations

from ...lineage.analyses.card_drift import CardDrift
from ...lineage.analyses.drift import Drift
from ...lineage.analyses.mutation_rate import MutationRate
from ...lineage.analyses.ordering import Ordering
from ...lineage.analyses.trait_names import SINGULAR
from ..charts import Axis, Bars
from ..document import Section
from ..listing import Columns
from .popularity import CARDS, NO_CARDS, cards_lines, cards_rows
from .sections import as_table
from .traits import ORDER
from .words import interval, several

RATES: Columns = {
    "trait": lambda each: each.trait,
    "rate": lambda each: None if each.rate is None else f"{each.rate:.4f}",
    "95% interval": lambda each: interval(each.low, each.high, ".4f"),
    "edges": lambda each: f"{each.pairs:,}",
    "changed": lambda each: f"{each.changed:,}",
    "an end says nothing": lambda each: f"{each.unsaid:,}",
}


def mutation(found: tuple[MutationRate, ...]) -> Section:
    """How much each trait changes."""
    lines = (
        "The mean Jaccard distance between what parent and child say, over finetune edges with something said"
        " at both ends: 0 where no child changes anything, 1 where none keeps anything.",
        "The intervals resample families, as edges of one family are not independent.",
    )
    chart = Bars(
        "Mutation rate by trait", Axis("rate"), tuple((each.trait, each.rate) for each in found), adds=False
    )
    return Section("How much traits change", lines, as_table(found, RATES), charts=(chart,))


def drifts(found: tuple[Drift, ...]) -> Section:
    """Which values turn into which more often than back."""
    return Section(
        "Where traits drift",
        (
            "Each value of a parent mutates into each that its child adds, and each that the child drops into"
            " each that it keeps, along finetune edges. A bar is the mutations one way less those back.",
            *map(_drifted, found),
        ),
        charts=tuple(
            Bars(
                f"Net mutations of {each.trait}, {several(len(each.arcs), 'arc')}",
                Axis("mutations forward less back"),
                tuple((f"{arc.source} → {arc.target}", arc.traffic) for arc in each.arcs),
                adds=False,
            )
            for each in found
        ),
    )


def _drifted(each: Drift) -> str:
    values = several(len(each.values), SINGULAR[each.trait], each.trait)
    arcs, balanced = several(len(each.arcs), "arc"), several(each.balanced, "pair")
    return (
        f"{each.trait.capitalize()}: {several(each.mutations, 'mutation')} between the {values} that most"
        f" models say, {arcs}, {balanced} balanced."
    )


def orderings(found: tuple[Ordering, ...]) -> tuple[Section, ...]:
    """The order that agrees with most arcs, of each trait that has any."""
    return tuple(_ordering(each) for each in found if each.arcs)


def _ordering(found: Ordering) -> Section:
    arcs, mutations = found.arcs_agreed / found.arcs, found.mutations_agreed / found.mutations
    others = several(found.orders - 1, "other order agrees", "other orders agree")
    lines = (
        f"{found.arcs_agreed:,} of {found.arcs:,} arcs agree with this order ({arcs:.1%}), and"
        f" {found.mutations_agreed:,} of {found.mutations:,} mutations ({mutations:.1%}); with no other more"
        " arcs do.",
        "No other order agrees as well." if found.orders == 1 else f"{others} as well.",
    )
    return Section(f"The order in which {found.trait} drift", lines, as_table(found.order, ORDER))


def cards(found: CardDrift | None) -> Section:
    """How cards change."""
    if found is None:
        return Section("Model cards", (f"{NO_CARDS[0].upper()}{NO_CARDS[1:]}.",))
    lines = (
        "Long cards make the ratio of means; in the mean of ratios every edge counts alike.",
        *(f"{line}." for line in cards_lines(found)),
    )
    return Section("Model cards", lines, as_table(cards_rows(found), CARDS))
