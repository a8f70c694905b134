from __future__ import annotations

import os
import signal

import pytest
from fitment.harness.sweeps.interrupts import FIRST_INTERRUPT, Abandoned, Interrupts


def send(signum: int) -> None:
    os.kill(os.getpid(), signum)


def in_a_cell(interrupts: Interrupts, *signals: int) -> None:
    """Sends the signals in a cell that the last of them is to abandon."""
    with interrupts.abandonable():
        for signum in signals:
            send(signum)
        pytest.fail("went on after the last signal")


def test_the_first_interrupt_only_asks(capfd: pytest.CaptureFixture[str]) -> None:
    """Ctrl-C lets the cell finish, says so once, and is remembered."""
    with Interrupts() as interrupts, interrupts.abandonable():
        send(signal.SIGINT)
    assert interrupts.signum == signal.SIGINT
    assert capfd.readouterr().err == FIRST_INTERRUPT.decode()


def test_the_second_interrupt_abandons() -> None:
    """Ctrl-C twice leaves the cell at once."""
    with Interrupts() as interrupts, pytest.raises(Abandoned):
        in_a_cell(interrupts, signal.SIGINT, signal.SIGINT)


@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGHUP])
def test_a_request_to_end_abandons(signum: int) -> None:
    """SIGTERM and SIGHUP leave the cell at once, by their own number."""
    with Interrupts() as interrupts:
        with pytest.raises(Abandoned) as caught:
            in_a_cell(interrupts, signum)
        assert caught.value.signum == interrupts.signum == signum


def test_nothing_is_torn_outside_a_cell() -> None:
    """A signal while a record is written waits; the next cell is abandoned before it starts."""
    written = []
    with Interrupts() as interrupts:
        send(signal.SIGTERM)
        written.append("the whole record")
        with pytest.raises(Abandoned), interrupts.abandonable():
            pytest.fail("started another cell")
    assert written


def test_clearing_up_is_not_interrupted() -> None:
    """A third signal, while the abandoned child is being killed, changes nothing."""
    cleared = []

    def clears_up(interrupts: Interrupts) -> None:
        with interrupts.abandonable():
            try:
                send(signal.SIGTERM)
            finally:
                send(signal.SIGTERM)
                cleared.append(True)

    with Interrupts() as interrupts, pytest.raises(Abandoned):
        clears_up(interrupts)
    assert cleared


def test_handlers_come_back() -> None:
    """After the sweep signals mean what they meant before."""
    before = [signal.getsignal(signum) for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)]
    with Interrupts():
        assert signal.getsignal(signal.SIGTERM) != before[1]
    assert before == [signal.getsignal(signum) for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)]


def test_an_ignored_signal_stays_ignored() -> None:
    """Under nohup a hang-up does not stop a sweep."""
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with Interrupts() as interrupts, interrupts.abandonable():
            send(signal.SIGHUP)
        assert interrupts.signum is None
    finally:
        signal.signal(signal.SIGHUP, before)


def test_a_pause_ends_with_the_first_signal() -> None:
    """Ctrl-C in a pause is heard at once, as is one that came before; no signal, no interruption."""
    with Interrupts() as interrupts:
        assert interrupts.pause(0.0)
        with interrupts.abandonable():
            send(signal.SIGINT)
            assert not interrupts.pause(600.0)
        assert not interrupts.pause(600.0)
