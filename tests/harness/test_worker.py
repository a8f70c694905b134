"""fitment.harness.worker: started by hand, without the executor's help."""

from __future__ import annotations

import subprocess
import sys


def test_worker_is_not_for_users() -> None:
    """Without its three descriptors the worker says so and ends; it measures nothing."""
    ended = subprocess.run(
        [sys.executable, "-P", "-m", "fitment.harness.worker"], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 2
    assert ended.stderr.strip() == "fitment sweep starts this process; it is not for use by hand"
