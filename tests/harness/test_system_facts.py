"""What the system says of itself."""

from __future__ import annotations

import platform
from pathlib import Path

from fitment.harness import system_facts


def test_governor_that_is_not_there(tmp_path: Path) -> None:
    """No file, no governor; else what the file says."""
    assert system_facts.governor(tmp_path / "absent") is None
    (tmp_path / "scaling_governor").write_text("performance\n")
    assert system_facts.governor(tmp_path / "scaling_governor") == "performance"


def test_operating_system_names_the_kernel() -> None:
    """Name, release and architecture come first."""
    kernel = f"{platform.system()} {platform.release()} {platform.machine()}"
    assert system_facts.operating_system().startswith(kernel)
