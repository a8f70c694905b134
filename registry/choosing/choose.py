"""The answer to "which model": what excludes each recorded one, and the ranking of those that are left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..catalogue.model_fit import DEFAULT_PRECISION, measured_bytes
from ..errors import NoResultsError
from ..results.estimates import model_names
from ..results.noise import current_noise
from . import requirements
from .candidates import Candidate, candidates
from .choice import ChoiceAnswer, Excluded, Speed, Terms, Unmet, Weighting
from .components import Meeting
from .fits import fit_of, that_ran, weight_bytes
from .found import MOST_MEASURED, Found, Hardware
from .known_words import must_be_known
from .licence_terms import opinions
from .ranking import ranked
from .speeds import estimated_speed, measured_speed, names_of, ran_out_of_memory
from .target_hardware import target_hardware
from .wanted import Wanted, check
from .weighting import default

if TYPE_CHECKING:
    import duckdb

_STORED = """SELECT h.name, min(e.device_memory_bytes) FROM hardware_platforms h
    LEFT JOIN environments e ON e.hardware = h.name GROUP BY h.name ORDER BY h.name"""


def choose(
    con: duckdb.DuckDBPyConnection, wanted: Wanted, weighting: Weighting | None = None
) -> ChoiceAnswer:
    """The models that meet every requirement, ranked; and the others with what stands against each.

    Nothing is written. Raises QuestionError, NoResultsError where no model is recorded, UnknownNameError for
    a task, metric, precision or hardware that is none.
    """
    check(wanted)
    recorded = candidates(con, wanted)
    if not recorded:
        raise NoResultsError(
            "no models are recorded yet; `fitment model import FILE` or `fitment model add` does"
        )
    must_be_known(con, wanted, recorded)
    opinion = opinions(wanted)
    against = [(each, requirements.unmet(each, wanted, opinion(each).unmet)) for each in recorded]
    left = [each for each, unmet in against if not unmet]
    hardware = _hardware(con, wanted, left)
    on_it = [(each, _met(con, each, opinion(each).terms, wanted.precision, hardware)) for each in left]
    excluded = [
        Excluded(each.model_id, each.version, unmet)
        for each, unmet in (*against, *on_it)
        if isinstance(unmet, tuple) and unmet
    ]
    return ranked(
        Found(
            wanted=wanted,
            models=len(recorded),
            meeting=tuple(met for _, met in on_it if isinstance(met, Meeting)),
            excluded=tuple(sorted(excluded, key=lambda each: each.model_id)),
            hardware=hardware,
        ),
        weighting or default(),
    )


def _hardware(con: duckdb.DuckDBPyConnection, wanted: Wanted, left: Sequence[Candidate]) -> Hardware | None:
    """The asked hardware; of the models that are left, those whose results on it are looked at."""
    if wanted.hardware is None:
        return None
    target = target_hardware(wanted.hardware, dict(con.execute(_STORED).fetchall()))
    peaks = measured_bytes(con, wanted.precision or DEFAULT_PRECISION, on_cpu=target.device.on_cpu)
    stored = frozenset(model_names(con)) if target.stored else frozenset()
    named = [(each, names) for each in left if (names := names_of(each, stored))]
    named.sort(key=lambda each: (-(each[0].downloads or 0), each[0].model_id))
    looked_at = {each.model_id: names for each, names in named[:MOST_MEASURED]}
    return Hardware(target, current_noise(con), looked_at, peaks)


def _met(
    con: duckdb.DuckDBPyConnection,
    candidate: Candidate,
    terms: Terms | None,
    precision: str | None,
    hardware: Hardware | None,
) -> Meeting | tuple[Unmet, ...]:
    """The model with what is known of it on the hardware; or why it does not run there."""
    if hardware is None:
        return Meeting(candidate, terms, fit=None, speed=None, estimated=None)
    target, names = hardware.target, hardware.looked_at.get(candidate.model_id, ())
    fit = fit_of(candidate, target.device, precision, hardware.peaks)
    speed: Speed | None = measured_speed(con, names, target, precision, hardware.noise)
    if speed is not None:
        fit = that_ran(fit, speed)
    elif ran_out_of_memory(con, names, target):
        return requirements.out_of_memory(target.name)
    bound = estimated_speed(weight_bytes(candidate, precision), target.entry)
    return requirements.unfit(fit, target.name) or Meeting(candidate, terms, fit, speed, bound)
