"""What can go wrong with a model or a combination of axes, told apart by whose fault it is."""

from __future__ import annotations

from ..registry.errors import FitmentError


class ModelError(FitmentError):
    """The model or its factory is at fault: it says nothing of the hardware."""

    status = "model_error"


class MissingDependencyError(ModelError):
    """The user's module imports something that is not installed here."""

    status = "missing_dependency"


class UnsupportedError(FitmentError):
    """A combination that does not exist on this hardware; it is reported, never replaced by another.

    ``axis`` is what stands in the way: "device", "precision", "op" or "compile".
    """

    def __init__(self, axis: str, reason: str) -> None:
        super().__init__(reason)
        self.axis = axis

    @property
    def status(self) -> str:
        """The outcome that a cell ends with, such as ``unsupported_precision``."""
        return f"unsupported_{self.axis}"


class RefusedError(FitmentError):
    """What the harness found out before it tried: the cell can't run here and now.

    ``status`` is the outcome: "oom_device", "oom_host", "device_busy", "device_fault".
    """

    def __init__(self, status: str, reason: str) -> None:
        super().__init__(reason)
        self.status = status


class DeviceFaultError(FitmentError):
    """The device failed while it was measured: the figures say nothing of the model."""

    status = "device_fault"
