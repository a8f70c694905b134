"""Which texts of a card stand for "nobody said"."""

from __future__ import annotations

import re
from functools import lru_cache

SAID_NOTHING = re.compile(
    r"(?:\[?\s*more\s+information\s+needed\s*(?:for\s+further\s+recommendations)?\s*\]?\s*(?:\(?https?://\S*\)?)?"
    r"|n\s*/\s*a|n\.a\.|none|null|nan|unknown|unspecified|not\s+specified|not\s+available|not\s+applicable|tbd|todo"
    r"|to\s+be\s+(?:added|determined)|coming\s+soon|needs?\s+more\s+information|an?\s+unknown\s+dataset"
    r"|\[?\s*(?:optional|needs?\s+to\s+be\s+filled|fill\s+in)\s*\]?|[-–—?.…_*\s]*|\{\{.*\}\})\s*\.?",
    re.IGNORECASE | re.DOTALL,
)
LONGEST = 120


def is_missing(text: str) -> bool:
    """Whether the text says nothing: empty, "[More Information Needed]" and its like, N/A, TBD."""
    return len(text) <= LONGEST and _says_nothing(text)


@lru_cache(maxsize=4096)
def _says_nothing(text: str) -> bool:
    return SAID_NOTHING.fullmatch(text.strip()) is not None
