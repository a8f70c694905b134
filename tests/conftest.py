"""What all tests share."""

from __future__ import annotations

from hypothesis import settings

# The same examples in every run, and no deadline: an example's time is the machine's.
settings.register_profile("suite", deadline=None, derandomize=True)
settings.load_profile("suite")
