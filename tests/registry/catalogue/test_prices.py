"""Price lists: what an hour of a device costs, and which lines can't be meant."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from fitment.configs import path as shipped
from fitment.registry.answers import Price
from fitment.registry.catalogue.hardware import catalogue
from fitment.registry.catalogue.prices import owned_usd_per_hour, price_of, read
from fitment.registry.errors import ConfigError
from hypothesis import given
from hypothesis import strategies as st

TODAY = date(2026, 3, 31)
RENTED = "hardware,usd_per_device_hour,date,source\n"
OWNED = "hardware,capex_usd,years,watts,usd_per_kwh,utilisation\n"


def prices(folder: Path, text: str) -> tuple[Price, ...]:
    file = folder / "prices.csv"
    file.write_text(text, encoding="utf-8")
    return read(file, TODAY)


def test_rented(tmp_path: Path) -> None:
    """A line says the price of its device, since when and who says so; comments and blanks say nothing."""
    found = prices(tmp_path, f"# mine\n{RENTED}\nrtx 4090,0.69,2026-03-01,the page\nOwn CPU,0.1,,\n")
    assert found == (
        Price("rtx 4090", 0.69, "prices.csv:4", "RTX 4090", date="2026-03-01", source="the page"),
        Price("Own CPU", 0.1, "prices.csv:5"),
    )


@pytest.mark.parametrize(("day", "stale"), [("2026-03-01", False), ("2026-02-28", True), ("", False)])
def test_more_than_30_days_are_stale(tmp_path: Path, day: str, stale: bool) -> None:
    """An undated price is not stale; it says that it is undated."""
    (price,) = prices(tmp_path, f"{RENTED}L4,1,{day},\n")
    assert (price.stale, price.date) == (stale, day or None)


def test_owned_by_hand(tmp_path: Path) -> None:
    """8,766 USD over a year at half of its hours are 2 USD each, and 450 W at .20 USD/kWh .09 more."""
    a, b = prices(tmp_path, f"{OWNED}RTX 4090,8766,1,,0.2,0.5\nOwn box,8766,1,450,0.2,\n")
    assert a.usd_per_device_hour == pytest.approx(2.09)  # the catalogue's TDP
    assert b.usd_per_device_hour == pytest.approx(1.09)  # always at work
    assert a.owned


@given(st.floats(1, 1e6), st.floats(0.1, 20), st.floats(1, 2000), st.floats(0.01, 1), st.floats(0.01, 1))
def test_owned_gets_cheaper_with_use(
    capex: float, years: float, watts: float, tariff: float, share: float
) -> None:
    """An hour of work costs no more where more hours work, nor where it is kept for longer."""
    cost = owned_usd_per_hour(capex, years, watts, tariff, share)
    assert owned_usd_per_hour(capex, years, watts, tariff) <= cost
    assert owned_usd_per_hour(capex, 2 * years, watts, tariff, share) <= cost


def test_a_device_finds_its_price(tmp_path: Path) -> None:
    """By its own name in the results, else by its catalogue entry with its memory; never by a part."""
    found = prices(
        tmp_path, f'{RENTED}A100 SXM 80GB,2,,\n"NVIDIA GeForce RTX 3080, 12 GiB",1,,\nA100 SXM 40GB,1.5,,\n'
    )
    asked = {
        "NVIDIA A100-SXM4-80GB, 80 GiB": 2.0,
        "NVIDIA A100-SXM4-40GB, 40 GiB": 1.5,
        "NVIDIA GeForce RTX 3080, 12 GiB": 1.0,
        "NVIDIA GeForce RTX 3080, 10 GiB": None,
        "NVIDIA A100-SXM4-40GB, 40 GiB, MIG 1g.5gb": None,
    }
    usd = {name: price.usd_per_device_hour if (price := price_of(found, name)) else None for name in asked}
    assert usd == asked


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        (f"{RENTED}L4,0,,\n", 2, "usd_per_device_hour is 0"),
        (f"{RENTED}L4,-1,,\n", 2, "usd_per_device_hour is negative"),
        (f"{RENTED}L4,nan,,\n", 2, "usd_per_device_hour is not finite"),
        (f"{RENTED}L4,inf,,\n", 2, "usd_per_device_hour is not finite"),
        (f'{RENTED}L4,"1,5",,\n', 2, "usd_per_device_hour is not a number"),
        (f"{RENTED}L4,,,\n", 2, "L4 needs either usd_per_device_hour or capex_usd"),
        (f"{RENTED}L4,1,yesterday,\n", 2, "date is not YYYY-MM-DD: 'yesterday'"),
        (f"{RENTED}L4,1,2027-01-01,\n", 2, "date lies ahead"),
        (f"{RENTED}L4,1,,\n\nNVIDIA L4,2,,\n", 4, "NVIDIA L4 has a price already, in line 2"),
        (f"{RENTED}My box,1,,\nmy  BOX,2,,\n", 3, "has a price already, in line 2"),
        (f"{RENTED}A100,1,,\n", 2, '"A100" could be A100 SXM 80GB, A100 PCIe 80GB or A100 SXM 40GB: write'),
        (f"{RENTED}NVIDIA,1,,\n", 2, "no hardware is named"),
        (f"{RENTED}L4,1\n", 2, "2 cells for 4 columns"),
        (f'{RENTED}"L4,1,,\n', 2, "not a line of CSV"),
        ("hardware,price\n", 1, "unknown column 'price': there are hardware"),
        ("hardware,hardware\n", 1, "each column may stand once"),
        ("usd_per_device_hour\n", 1, "hardware must be among them"),
        (RENTED, 1, "no prices"),
        ("", 1, "no prices"),
        (f"{OWNED}L4,1000,0,,0.2,\n", 2, "years is 0"),
        (f"{OWNED}L4,1000,3,,,\n", 2, "usd_per_kwh is empty"),
        (f"{OWNED}L4,1000,3,,0.2,1.5\n", 2, "utilisation is a share of all hours, at most 1, not 1.5"),
        (f"{OWNED}My box,1000,3,,0.2,\n", 2, "watts is empty, and the catalogue has no TDP of My box"),
        ("hardware,usd_per_device_hour,capex_usd\nL4,1,1000\n", 2, "L4 needs either"),
    ],
)
def test_refused(tmp_path: Path, text: str, line: int, reason: str) -> None:
    """What can't be meant is one line that begins with file and line."""
    with pytest.raises(ConfigError) as caught:
        prices(tmp_path, text)
    assert str(caught.value).startswith(f"{tmp_path / 'prices.csv'}:{line}: ")
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


def test_no_price_list_at_all(tmp_path: Path) -> None:
    """A folder, a missing file, bytes and what never ends are refused by name."""
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\x00")
    for name in (tmp_path, tmp_path / "missing", tmp_path / "bytes", Path("/dev/zero")):
        with pytest.raises(ConfigError, match="not a price list"):
            read(name, TODAY)


def test_the_shipped_example() -> None:
    """Every device of it is in the catalogue; it is undated, as it is an example only."""
    found = read(shipped("prices/example.csv"), TODAY)
    assert {price.entry for price in found} <= {entry.name for entry in catalogue()}
    assert all(price.date is None and price.source for price in found)
