"""What a store has to tell beside a verb's answer."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ...registry.report.text import terminal

if TYPE_CHECKING:
    from ...registry.storage.store import Store


def pass_on(store: Store) -> None:
    """Prints each notice once, on standard error."""
    tell(store.notices)


def tell(notices: Iterable[str]) -> None:
    """Prints each line once, on standard error."""
    for notice in dict.fromkeys(notices):
        sys.stderr.write(f"note: {terminal(notice)}\n")
