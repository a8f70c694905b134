from __future__ import annotations

import os
import signal
import threading

import pytest
from fitment.harness.gate.signals import Stopped, held_back, raised


@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_that_ends_becomes_an_exception(signum: int) -> None:
    """It knows its number; afterwards the signal is the system's again."""
    with pytest.raises(Stopped) as stopped, raised():
        os.kill(os.getpid(), signum)
    assert stopped.value.signum == signum
    assert signal.getsignal(signum) is signal.SIG_DFL


def test_a_handler_that_is_there_stays() -> None:
    """Somebody else's, and nohup's."""
    for handler in (signal.SIG_IGN, lambda signum, frame: None):
        before = signal.signal(signal.SIGHUP, handler)
        try:
            with raised():
                os.kill(os.getpid(), signal.SIGHUP)
            assert signal.getsignal(signal.SIGHUP) is handler
        finally:
            signal.signal(signal.SIGHUP, before)


def test_signals_wait_until_what_must_be_done_is_done() -> None:
    """A Ctrl-C comes after the body, once, however often it was pressed."""
    done = []

    def body() -> None:
        with held_back():
            os.kill(os.getpid(), signal.SIGINT)
            os.kill(os.getpid(), signal.SIGINT)
            done.append(True)

    with pytest.raises(KeyboardInterrupt):
        body()
    assert done == [True]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_in_another_thread_nothing_is_touched() -> None:
    """Signals are the main thread's."""
    found = []

    def body() -> None:
        with raised(), held_back():
            found.append(signal.getsignal(signal.SIGTERM))

    thread = threading.Thread(target=body)
    thread.start()
    thread.join()
    assert found == [signal.getsignal(signal.SIGTERM)]
