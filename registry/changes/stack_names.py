"""Which software stack a person means: ``pt240``, ``pt240-cu124``, ``2.4``, or the id of one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..errors import NoResultsError, UnknownNameError
from ..fit.stacks import release
from ..imports.timm_name import cuda_version, torch_version

if TYPE_CHECKING:
    import duckdb

_PUBLISHED = re.compile(r"pt(?P<torch>\d{3,4})(?:-cu(?P<cuda>\d{2,3}))?", re.ASCII)  # as files are named
_RELEASE = re.compile(r"(?:torch )?(?P<release>\d+(?:\.\d+)*)", re.ASCII)
_HELD = """
SELECT e.hardware, e.stack, any_value(torch), any_value(cuda), any_value(driver), list(DISTINCT env_id)
FROM environments e WHERE env_id IN (SELECT DISTINCT env_id FROM current_results)
GROUP BY e.hardware, e.stack ORDER BY e.hardware, e.stack
"""


@dataclass(frozen=True, slots=True)
class HeldStack:
    """A stack under which a hardware has results."""

    hardware: str
    id: str
    torch: str | None
    cuda: str | None
    driver: str | None
    env_ids: tuple[str, ...]

    @property
    def software(self) -> str:
        """``torch 2.4.0, CUDA 12.4``: what is known of it, in words."""
        facts = (("torch", self.torch), ("CUDA", self.cuda), ("driver", self.driver))
        return ", ".join(f"{name} {value}" for name, value in facts if value) or f"stack {self.id}"


def held_stacks(con: duckdb.DuckDBPyConnection) -> list[HeldStack]:
    """All stacks that have results, by hardware."""
    rows = con.execute(_HELD).fetchall()
    return [
        HeldStack(hardware, stack, torch, cuda, driver, tuple(sorted(env_ids)))
        for hardware, stack, torch, cuda, driver, env_ids in rows
    ]


def chosen_stacks(
    held: Sequence[HeldStack], first: str, second: str, hardware: str | None
) -> tuple[HeldStack, HeldStack]:
    """The two stacks that are meant, on one hardware.

    Raises UnknownNameError, which names what there is, for a name that no stack has or several have,
    and for hardware that is unknown or, where both ran on several, not named.
    """
    if not held:
        raise NoResultsError("the store is empty: sweep a model or import published results")
    within = held if hardware is None else _on(held, hardware)
    sides = [_meant(within, asked) for asked in (first, second)]
    places = sorted({s.hardware for s in sides[0]} & {s.hardware for s in sides[1]})
    if not places:
        where = "; ".join(
            f"{asked} on {_listed(s.hardware for s in found)}"
            for asked, found in zip((first, second), sides, strict=True)
        )
        raise UnknownNameError(f"{first} and {second} did not run on one hardware: {where}")
    if len(places) > 1:
        both = f"{first} and {second} both ran on"
        raise UnknownNameError(f"{both} {_listed(places)}: name one with --hardware")
    one, other = ([s for s in found if s.hardware == places[0]] for found in sides)
    return _one(first, one), _one(second, other)


def _on(held: Sequence[HeldStack], hardware: str) -> list[HeldStack]:
    """The stacks of the hardware of that name, or of the one that has it in its name."""
    names = sorted({s.hardware for s in held})
    found = [n for n in names if n == hardware] or [n for n in names if hardware.lower() in n.lower()]
    if len(found) != 1:
        what = "could be" if found else "is unknown: there are"
        raise UnknownNameError(f'hardware "{hardware}" {what} {_listed(found or names)}')
    return [s for s in held if s.hardware == found[0]]


def _meant(held: Sequence[HeldStack], asked: str) -> list[HeldStack]:
    found = [s for s in held if asked == s.id or asked in s.env_ids] or [s for s in held if _fits(s, asked)]
    if not found:
        raise UnknownNameError(f'no stack "{asked}": there are {_listed(s.software for s in held)}')
    return found


def _fits(stack: HeldStack, asked: str) -> bool:
    published, plain = _PUBLISHED.fullmatch(asked), _RELEASE.fullmatch(asked)
    if published and published["cuda"] and cuda_version(published["cuda"]) != stack.cuda:
        return False
    wanted = torch_version(published["torch"]) if published else plain["release"] if plain else ""
    parts = release(wanted)
    return bool(parts) and release(stack.torch)[: len(parts)] == parts


def _one(asked: str, found: Sequence[HeldStack]) -> HeldStack:
    if len(found) > 1:
        listed = _listed(f"{s.software} ({s.id})" for s in found)
        raise UnknownNameError(f'"{asked}" could be {listed} on {found[0].hardware}: name one by its id')
    return found[0]


def _listed(names: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(names))
