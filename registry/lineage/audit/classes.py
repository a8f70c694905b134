"""What kind of licence a model declares, as coarse as a shape can show it: by the clauses that descend.

An engineering reading of clauses, not legal advice.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping

from ...licences.drift import GROUPS, inherited, members

OPEN, COPYLEFT, LIMITED, NON_COMMERCIAL = "permissive", "copyleft", "limits on use", "non-commercial"
UNREAD, MISSING = "not read", "none declared"
# From what binds least to what binds most, then what isn't known
CLASSES: Mapping[str, str] = {
    OPEN: "no clause that binds what is made from it",
    COPYLEFT: "what is made from it stays under such a licence",
    LIMITED: "limits on the field of use, the users or the name",
    NON_COMMERCIAL: "no commercial use",
    UNREAD: "a licence whose clauses are not known",
    MISSING: "no licence is declared",
}
_ORDER = tuple(CLASSES)[:4]


@functools.lru_cache(maxsize=4096)
def licence_class(declared: tuple[str, ...]) -> str:
    """One of CLASSES: of several licences the one that binds most, as far as their clauses are known."""
    if not declared:
        return MISSING
    found = [_class_of(name) for name in declared]
    known = [each for each in found if each is not None]
    return max(known, key=_ORDER.index) if known else UNREAD


def _class_of(name: str) -> str | None:
    """Of one name, None where it isn't known; of several readings what all of them have counts."""
    if not members(name):
        return None
    clauses = inherited(name)
    if "limit.nc" in clauses:
        return NON_COMMERCIAL
    if any(key in clauses for group, keys in GROUPS.items() for key in keys if group != "lost_copyleft"):
        return LIMITED
    return COPYLEFT if clauses else OPEN
