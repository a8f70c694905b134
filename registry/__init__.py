"""Results, versions, scores, recommendations. Importing it loads nothing until a component is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .system import HardwareRecommender, ModelRegistryIntegration, VersionControlSystem

__all__ = ["HardwareRecommender", "ModelRegistryIntegration", "VersionControlSystem"]


def __getattr__(name: str) -> object:
    """One of the three components, loaded when it is first asked for."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from . import system

    return getattr(system, name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
