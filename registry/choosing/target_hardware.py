"""The hardware that models are to run on: its memory, what data sheets say, and the results that are its."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..catalogue import near
from ..catalogue.hardware import CatalogueEntry, match
from ..catalogue.model_fit import Device, device
from ..errors import UnknownNameError


@dataclass(frozen=True, slots=True)
class TargetHardware:
    """Hardware by its name."""

    device: Device
    entry: CatalogueEntry | None  # None: the catalogue does not have it, or only a size was said
    stored: tuple[str, ...]  # the names under which results of it are stored

    @property
    def name(self) -> str:
        """As the catalogue has it, else as it was asked."""
        return self.device.name


def target_hardware(asked: str, stored: Mapping[str, int | None]) -> TargetHardware:
    """What ``asked`` means: a name or alias of the catalogue, a name that results have, or so much memory.

    ``stored``: the hardware that there are results of, each with the memory that its machine reports, where
    it does. Raises UnknownNameError that says what it could be.
    """
    found = match(asked)
    entry = found if isinstance(found, CatalogueEntry) else None
    reported = stored.get(asked)
    if reported is not None and entry is None:
        known = Device(asked, reported, "as its machine reports it", on_cpu=True)
        return TargetHardware(known, None, (asked,))
    try:
        known = device(asked)
    except UnknownNameError as error:
        raise UnknownNameError(f"--hardware: {near.hint(asked, stored)}{error}") from None
    if asked in stored:
        return TargetHardware(known, entry, (asked,))
    return TargetHardware(
        known, entry, tuple(name for name in stored if entry is not None and match(name) == entry)
    )
