"""The pytest plugin ``--fitment-gate``. It imports nothing of fitment before it is asked for."""

from __future__ import annotations
