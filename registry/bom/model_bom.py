"""The bill of materials of one model of the catalogue."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from ..cards.read import read_card_file
from ..catalogue.model_records import find_record
from ..storage.store import Store
from .component import Parts, dependencies
from .document import document, newest_event
from .known import kept_card, known_of


def model_bom(
    store: Store,
    asked: str,
    version: str | None = None,
    *,
    card: Path | None = None,
    timestamp: datetime | None = None,
) -> str:
    """The model as CycloneDX 1.6 JSON: of ``version``, else of the newest release.

    ``card``: a model card, in place of the one in the model's newest checkpoint. ``timestamp``: in place of
    when the store was last written to. Raises UnknownNameError that says which may be meant, CardError.
    """
    with store.reading() as con:
        record = find_record(con, asked, version)
    said = kept_card(store, record) if card is None else read_card_file(card)
    parts = Parts()
    with store.reading() as con:
        subject = parts.model(known_of(con, record, said))
        moment = newest_event(con) if timestamp is None else timestamp
    data = [parts.data[name] for name in sorted(parts.data)]
    return document(subject, data, dependencies(parts.needs), timestamp=moment)
