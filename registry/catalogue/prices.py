"""What an hour of a device costs: a person's own price list, a CSV file with a line for each device.

    hardware,usd_per_device_hour,date,source
    RTX 4090,0.69,2026-03-01,the provider's page

or, for a device of one's own, ``capex_usd``, ``years``, ``usd_per_kwh`` and, where they are known, ``watts``
(else the catalogue's TDP) and ``utilisation`` (the share of all hours in which it works; else 1). Lines that
are empty or start with # say nothing. CSV, since a mistake can be named by its line and a price list is a
spreadsheet.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from ..answers import Price
from ..errors import ConfigError
from ..imports.numerals import BadNumberError, positive
from .hardware import Ambiguous, CatalogueEntry, key, match

RENTED = "usd_per_device_hour"
OWNED = ("capex_usd", "years", "watts", "usd_per_kwh", "utilisation")
COLUMNS = ("hardware", RENTED, *OWNED, "date", "source")
HOURS_PER_YEAR = 365.25 * 24
STALE_AFTER = timedelta(days=30)
LARGEST_FILE = 1 << 20  # bytes
Row = Mapping[str, str]


def read(file: Path, today: date) -> tuple[Price, ...]:
    """The prices in a file, as of ``today``, which says which of them are stale.

    Raises ConfigError that starts with file:line.
    """
    prices: list[Price] = []
    columns: list[str] = []
    for number, line in enumerate(_text(file).split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            cells = _cells(line)
            if not columns:
                columns = _columns(cells)
                continue
            prices.append(_price(_row(columns, cells), f"{file.name}:{number}", today))
            _must_be_new(prices)
        except (BadNumberError, _BadLineError) as error:
            raise ConfigError(f"{file}:{number}: {error}") from None
    if not prices:
        raise ConfigError(
            f"{file}:1: no prices: a price list has a line of columns, then one for each device"
        )
    return tuple(prices)


def price_of(prices: Sequence[Price], hardware: str, memory_bytes: int | None = None) -> Price | None:
    """The price of a device class as results name it: by its name there, else by its catalogue entry."""
    own = key(hardware)
    found = next((price for price in prices if key(price.hardware) == own), None)
    if found is not None:
        return found
    entry = match(hardware, memory_bytes)
    if not isinstance(entry, CatalogueEntry):
        return None
    return next((price for price in prices if price.entry == entry.name), None)


def owned_usd_per_hour(
    capex_usd: float, years: float, watts: float, usd_per_kwh: float, utilisation: float = 1.0
) -> float:
    """What an hour of work of one's own device costs: its share of the purchase, and its electricity.

    capex / (years · 8,766 h · utilisation) + watts / 1000 · tariff. Idle hours are paid by those of work;
    the electricity of idle hours is left out.
    """
    return capex_usd / (years * HOURS_PER_YEAR * utilisation) + watts / 1000.0 * usd_per_kwh


class _BadLineError(ValueError):
    """A line that says no price; ``str(error)`` is the reason."""


def _text(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            content = stream.read(LARGEST_FILE + 1)
        if len(content) > LARGEST_FILE:
            raise ConfigError(f"{file}: not a price list: it is larger than 1 MiB")
        return content.decode("utf-8-sig")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise ConfigError(f"{file}: not a price list: {reason}") from None


def _cells(line: str) -> list[str]:
    try:
        return [cell.strip() for cell in next(csv.reader([line.rstrip("\r")], strict=True))]
    except csv.Error as error:
        raise _BadLineError(f"not a line of CSV: {error}") from None


def _columns(cells: list[str]) -> list[str]:
    unknown = [cell for cell in cells if cell not in COLUMNS]
    if unknown:
        raise _BadLineError(f"unknown column {unknown[0][:40]!r}: there are {', '.join(COLUMNS)}")
    if len(set(cells)) < len(cells) or "hardware" not in cells:
        raise _BadLineError("each column may stand once, and hardware must be among them")
    return cells


def _row(columns: Sequence[str], cells: Sequence[str]) -> Row:
    if len(cells) != len(columns):
        raise _BadLineError(f"{len(cells)} cells for {len(columns)} columns")
    return dict(zip(columns, cells, strict=True))


def _price(row: Row, at: str, today: date) -> Price:
    name = row["hardware"]
    if not key(name):
        raise _BadLineError("no hardware is named")
    found = match(name)
    if isinstance(found, Ambiguous):
        raise _BadLineError(f"{found.in_words()}: write its whole name")
    owned = any(row.get(column) for column in OWNED)
    if owned == bool(row.get(RENTED)):
        raise _BadLineError(f"{name} needs either {RENTED} or capex_usd, years and usd_per_kwh")
    usd = _owned(row, found) if owned else positive(RENTED, row[RENTED])
    stated = _date(row.get("date", ""), today)
    return Price(
        hardware=name,
        usd_per_device_hour=positive(RENTED, repr(usd)),
        place=at,
        entry=found.name if found else None,
        owned=owned,
        date=stated.isoformat() if stated else None,
        source=row.get("source") or None,
        stale=stated is not None and today - stated > STALE_AFTER,
    )


def _owned(row: Row, entry: CatalogueEntry | None) -> float:
    capex, years, tariff = (
        positive(name, row.get(name, "")) for name in ("capex_usd", "years", "usd_per_kwh")
    )
    utilisation = positive("utilisation", row.get("utilisation") or "1")
    if utilisation > 1.0:
        raise _BadLineError(f"utilisation is a share of all hours, at most 1, not {utilisation:g}")
    watts = positive("watts", row["watts"]) if row.get("watts") else entry.tdp_w if entry else None
    if watts is None:
        raise _BadLineError(f"watts is empty, and the catalogue has no TDP of {row['hardware']}")
    return owned_usd_per_hour(capex, years, watts, tariff, utilisation)


def _date(text: str, today: date) -> date | None:
    if not text:
        return None
    try:
        stated = date.fromisoformat(text)
    except ValueError:
        raise _BadLineError(f"date is not YYYY-MM-DD: {text[:40]!r}") from None
    if stated > today + timedelta(days=1):  # it may be tomorrow already elsewhere
        raise _BadLineError(f"date lies ahead: {text}")
    return stated


def _must_be_new(prices: Sequence[Price]) -> None:
    """Raises where the last price is of a device that has one already."""
    last = prices[-1]
    for earlier in prices[:-1]:
        if key(earlier.hardware) == key(last.hardware) or (last.entry and earlier.entry == last.entry):
            line = earlier.place.rpartition(":")[2]
            raise _BadLineError(f"{last.hardware} has a price already, in line {line}")
