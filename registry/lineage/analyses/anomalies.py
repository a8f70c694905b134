"""What is odd in an ecosystem: counted by kind, and listed one by one. Nothing odd is dropped silently."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from ...inert import terminal
from ..ecosystem import Ecosystem

_EPOCH = np.datetime64("1970-01-01", "us")
_SHOWN = 10  # members of a cycle
_MOST_ID = 500  # characters of an id that was refused, which may be of any length
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Anomaly:
    """One of a kind."""

    kind: str
    model: str  # a model, or the id that a row in quarantine has, or a name that no row has
    other: str | None  # the parent
    line: int | None  # of the file
    number: int | None  # how many: times named, members, parents, days
    detail: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of anomaly: its meaning, which there are, the worst first, and one of them in words."""

    meaning: str
    find: Callable[[Ecosystem], Places]
    tell: Callable[[Ecosystem, int], tuple[str, str | None, int | None, int | None, str]]


def counted(ecosystem: Ecosystem) -> dict[str, int]:
    """How many there are of each of KINDS."""
    return {name: len(kind.find(ecosystem)) for name, kind in KINDS.items()}


def listed(ecosystem: Ecosystem, names: tuple[str, ...], limit: int | None = None) -> tuple[Anomaly, ...]:
    """Those of the kinds ``names``, at most ``limit`` of each."""
    return tuple(
        Anomaly(name, *KINDS[name].tell(ecosystem, place))
        for name in names
        for place in KINDS[name].find(ecosystem)[:limit].tolist()
    )


def reasons(ecosystem: Ecosystem) -> dict[str, int]:
    """How many rows are in quarantine for which reason, without its details, the most first."""
    found: dict[str, int] = {}
    for reason in ecosystem.quarantine.reasons.all():
        what = reason.partition(": ")[0]
        found[what] = found.get(what, 0) + 1
    return dict(sorted(found.items(), key=lambda each: (-each[1], each[0])))


def _quarantined(e: Ecosystem) -> Places:
    return np.arange(len(e.quarantine.lines))


def _tell_quarantined(e: Ecosystem, at: int) -> tuple[str, str | None, int | None, int | None, str]:
    held = e.quarantine
    known = terminal(held.ids.shown(at))  # control characters may be why it was refused
    told = known if len(known) <= _MOST_ID else f"{known[:_MOST_ID]}…"
    return told, None, int(held.lines[at]), None, held.reasons[at]


def _skipped(e: Ecosystem) -> Places:
    return np.argsort(-_times_named(e), kind="stable")


def _times_named(e: Ecosystem) -> Places:
    return np.bincount(e.missing.parent, minlength=len(e.missing.names))


def _tell_skipped(e: Ecosystem, at: int) -> tuple[str, str | None, int | None, int | None, str]:
    children = e.missing.child[e.missing.parent == at]
    return e.missing.names[at], None, None, len(children), f"named by {e.names[int(children[0])]}"


def _self_loops(e: Ecosystem) -> Places:
    found: Places = e.edges.parent[e.edges.parent == e.edges.child].astype(np.int64)
    return found


def _tell_self_loop(e: Ecosystem, at: int) -> tuple[str, str | None, int | None, int | None, str]:
    return e.names[at], e.names[at], None, None, "names itself as its parent"


def _cycles(e: Ecosystem) -> Places:
    sizes = np.bincount(e.structure.strong, minlength=len(e))
    found: Places = np.flatnonzero(sizes > 1)
    return found[np.argsort(-sizes[found], kind="stable")]


def _tell_cycle(e: Ecosystem, at: int) -> tuple[str, str | None, int | None, int | None, str]:
    members = np.flatnonzero(e.structure.strong == at)
    shown = ", ".join(e.names.of(members[:_SHOWN])) + (" …" if len(members) > _SHOWN else "")
    return e.names[at], None, None, len(members), shown


def _several_parents(e: Ecosystem) -> Places:
    counts = np.diff(e.up.starts)
    found: Places = np.flatnonzero(counts > 1)
    return found[np.argsort(-counts[found], kind="stable")]


def _tell_several_parents(e: Ecosystem, at: int) -> tuple[str, str | None, int | None, int | None, str]:
    own = e.up.neighbours[e.up.starts[at] : e.up.starts[at + 1]]
    shown = ", ".join(e.names.of(own[:_SHOWN])) + (" …" if len(own) > _SHOWN else "")
    return e.names[at], None, None, len(own), shown


def _older_children(e: Ecosystem) -> Places:
    found: Places = np.flatnonzero(e.edges.days < 0)
    return found[np.argsort(e.edges.days[found], kind="stable")]


def _tell_older_child(e: Ecosystem, at: int) -> tuple[str, str | None, int | None, int | None, str]:
    child, parent, days = (int(column[at]) for column in (e.edges.child, e.edges.parent, e.edges.days))
    return e.names[child], e.names[parent], None, days, "older than its parent, by days begun"


def _early(e: Ecosystem) -> Places:
    found: Places = np.flatnonzero(e.created < _EPOCH)
    return found[np.argsort(e.created[found], kind="stable")]


def _late(e: Ecosystem) -> Places:
    if e.recorded_at is None:
        return np.zeros(0, np.int64)
    found: Places = np.flatnonzero(e.created > np.datetime64(e.recorded_at, "us"))
    return found[np.argsort(e.created[found], kind="stable")[::-1]]


def _tell_created(e: Ecosystem, at: int) -> tuple[str, str | None, int | None, int | None, str]:
    return e.names[at], None, None, None, f"{np.datetime_as_string(e.created[at], unit='s')}Z"


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "quarantined": Kind("rows that could not be taken", _quarantined, _tell_quarantined),
        "skipped": Kind("parents that no row has, by how many name them", _skipped, _tell_skipped),
        "self-loop": Kind("models that name themselves as a parent", _self_loops, _tell_self_loop),
        "cycle": Kind("groups of models that come from one another", _cycles, _tell_cycle),
        "several-parents": Kind("models with more than one parent", _several_parents, _tell_several_parents),
        "older-child": Kind("children created before their parent", _older_children, _tell_older_child),
        "before-1970": Kind("models created before 1970", _early, _tell_created),
        "future": Kind("models created after the file was read", _late, _tell_created),
    }
)
