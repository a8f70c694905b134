"""A process group that dies with us, however we die.

PR_SET_PDEATHSIG covers a child but not what the child started: inductor's compile workers, a data
loader's. So the group is led by a shell that blocks on a pipe of which only we hold the other end. When we
are gone, killed or not, it reads the end of file and kills its group, itself included. As leader it also
keeps the group's number from being reused for as long as we may send signals to it.
"""

from __future__ import annotations

import os
import signal
import subprocess
from types import TracebackType

_SCRIPT = "trap '' TERM INT HUP; read -r line; kill -9 0"


class Guard:
    """The group while it lasts; leaving the ``with`` block kills whatever is left in it."""

    def __enter__(self) -> Guard:
        read_end, self._write_end = os.pipe()
        try:
            self._shell = subprocess.Popen(  # noqa: S603  # a fixed script
                ["/bin/sh", "-c", _SCRIPT],
                stdin=read_end,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                process_group=0,
            )
        finally:
            os.close(read_end)
        return self

    @property
    def group(self) -> int:
        """The process group's number."""
        return self._shell.pid

    def terminate(self) -> None:
        """Asks every process of the group to end; the guard itself stays."""
        os.killpg(self.group, signal.SIGTERM)

    def kill(self) -> None:
        """Ends every process of the group at once; may be called again."""
        if self._shell.returncode is None:
            os.killpg(self.group, signal.SIGKILL)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()
        self._shell.wait()
        os.close(self._write_end)
