"""What all tests share."""

from __future__ import annotations

import signal

from hypothesis import settings

# The same examples in every run, and no deadline: an example's time is the machine's.
settings.register_profile("suite", deadline=None, derandomize=True)
settings.load_profile("suite")

# A shell ignores Ctrl-C for what it starts in the background, and children inherit that: a test that
# interrupts one would wait for ever.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
