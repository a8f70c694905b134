"""fitment.harness.executors.child: request in, result out, whatever the child does meanwhile."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from fitment.harness.executors.child import STDERR_TAIL

from tests.harness.executors.children import is_alive, run_code, wait_for_text, wait_until_dead


def test_request_arrives_and_answer_comes_back(tmp_path: Path) -> None:
    """The child reads what it was asked and its answer is what the parent gets."""
    ending = run_code(tmp_path, "sender.result({'got': request}); leave(0)", question="x" * 200_000)
    assert ending.received.body == {"got": {"question": "x" * 200_000}}
    assert (ending.returncode, ending.timed_out, ending.received.stage) == (0, False, "started")


def test_child_is_nobody_elses(tmp_path: Path) -> None:
    """It is of another group than ours, has no standard input, and offers itself to the OOM killer."""
    code = """
facts = {
    "group": os.getpgrp(),
    "stdin": sys.stdin.read(),
    "oom": open("/proc/self/oom_score_adj").read().strip(),
    "grandparent": int(open(f"/proc/{os.getppid()}/stat").read().rpartition(")")[2].split()[1]),
    "path": sys.path[0],
}
sender.result(facts); leave(0)
"""
    body = run_code(tmp_path, code).received.body
    assert body is not None
    assert body["group"] != os.getpgrp()
    assert body["stdin"] == ""
    assert body["oom"] == "1000"
    assert body["grandparent"] == os.getpid()  # the guard stands in between
    assert body["path"] != os.getcwd()


def test_F47_flood_does_not_stall(tmp_path: Path) -> None:
    """50 MB on stdout and stderr each are swallowed; the last 4 kB of stderr stay."""
    code = """
for _ in range(50):
    os.write(1, b"x" * 1_000_000)
    os.write(2, b"y" * 1_000_000)
os.write(2, b"the end")
sender.result({}); leave(0)
"""
    ending = run_code(tmp_path, code)
    assert ending.received.body == {}
    assert ending.stderr_tail == "y" * (STDERR_TAIL - 7) + "the end"


def test_F48_forged_result_is_rejected(tmp_path: Path) -> None:
    """JSON on stdout, or on the line itself without the nonce, is no result."""
    code = """
forged = b'{"nonce": "0", "kind": "result", "body": {"status": "ok"}, "samples": 0}\\n'
os.write(1, forged)
os.write(sender._fd, forged)
leave(0)
"""
    ending = run_code(tmp_path, code)
    assert (ending.received.body, ending.returncode) == (None, 0)


def test_stderr_that_is_no_text_is_kept(tmp_path: Path) -> None:
    """Bytes that are not UTF-8, and NULs, are replaced."""
    ending = run_code(tmp_path, r"os.write(2, b'\xff\xfe ouch \x00'); leave(3)")
    assert ending.stderr_tail == "�� ouch �"
    assert ending.returncode == 3


# Told before the clock jumps, or it might not be heard; and again, for whoever waits by the clock as it was.
HANG = "sender.stage('hanging'); open('ready', 'w').close(); sender.stage('hanging')\n"


@pytest.fixture
def deadline_once_ready(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock jumps beyond any deadline once the child says that it is ready: no race with its start.

    Nor with its end: who is asked to end has all the time that a busy machine may take over it.
    """
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("fitment.harness.executors.child.GRACE_S", 300.0)

    def monotonic() -> float:
        return time.monotonic() + (1000 if Path("ready").exists() else 0)

    monkeypatch.setattr("fitment.harness.executors.child.time", SimpleNamespace(monotonic=monotonic))


@pytest.mark.usefixtures("deadline_once_ready")
def test_deadline_ends_a_child_that_hangs(tmp_path: Path) -> None:
    """SIGTERM at the deadline; the stack of what it was doing is on stderr."""
    ending = run_code(tmp_path, HANG + "time.sleep(600)")
    assert ending.timed_out
    assert ending.returncode == -signal.SIGTERM
    assert ending.received.stage == "hanging"
    assert "child_under_test.py" in ending.stderr_tail


@pytest.mark.usefixtures("deadline_once_ready")
def test_deadline_ends_a_child_that_ignores_sigterm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SIGKILL follows where SIGTERM does nothing."""
    monkeypatch.setattr("fitment.harness.executors.child.GRACE_S", 0.2)
    ignore = "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    ending = run_code(tmp_path, ignore + HANG + "while True: pass")
    assert ending.timed_out
    assert ending.returncode == -signal.SIGKILL


@pytest.mark.usefixtures("deadline_once_ready")
def test_answer_of_a_child_that_then_hangs_stands(tmp_path: Path) -> None:
    """What was sent whole before the deadline is not lost to it."""
    ending = run_code(tmp_path, "sender.result({'a': 1})\n" + HANG + "time.sleep(600)")
    assert ending.timed_out
    assert ending.received.body == {"a": 1}


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT])
def test_death_by_signal_is_seen(tmp_path: Path, number: signal.Signals) -> None:
    """The signal that ended the child is its return code, and the stage that it was in is known."""
    ending = run_code(tmp_path, f"os.kill(os.getpid(), {int(number)}); time.sleep(60)")
    assert ending.returncode == -number
    assert (ending.received.stage, ending.received.body) == ("started", None)
    assert not ending.timed_out


DEAF = "import signal, time; [signal.signal(s, signal.SIG_IGN) for s in (1, 2, 15)]; time.sleep(600)"
# Each leaves a process behind that holds the child's pipes, and puts its pid into `left`.
LEFT_BEHIND = {
    "in the group": "left = subprocess.Popen(DEAF).pid",
    "in a session of its own": "left = subprocess.Popen(DEAF, start_new_session=True).pid",
    "without an environment": "left = subprocess.Popen(DEAF, start_new_session=True, env={}).pid",
    "a daemon": """
there, here = os.pipe()
if os.fork() == 0:
    os.setsid()
    if (pid := os.fork()) == 0:
        os.execv(DEAF[0], DEAF)
    os.write(here, b"%d" % pid)
    os._exit(0)
left = int(os.read(there, 20))
""",
}


@pytest.mark.parametrize("how", LEFT_BEHIND)
def test_what_descends_from_the_child_ends_with_it(tmp_path: Path, how: str) -> None:
    """A process that the child leaves behind, however it got away, neither lives on nor holds us up."""
    code = f"DEAF = [sys.executable, '-c', {DEAF!r}]\n{LEFT_BEHIND[how]}\n"
    code += "sender.result({'left': left}); leave(0)"
    ending = run_code(tmp_path, code)
    assert ending.received.body is not None
    assert not is_alive(ending.received.body["left"])
    assert (ending.returncode, ending.gone) == (0, True)


def test_a_brood_that_multiplies_ends_with_the_child(tmp_path: Path) -> None:
    """Processes that start others, each in a session of its own and as they are being killed, all end."""
    (tmp_path / "brood").mkdir()
    code = f"""
def breed(depth):
    for _ in range(3):
        if os.fork() == 0:
            os.setsid()
            open(f"{tmp_path}/brood/{{os.getpid()}}", "w").close()
            if depth:
                breed(depth - 1)
            time.sleep(600)
breed(3)
leave(0)
"""
    assert run_code(tmp_path, code).gone
    assert not [pid for pid in os.listdir(tmp_path / "brood") if is_alive(int(pid))]


@pytest.mark.parametrize("environment", ["None", "{}"])
def test_the_guards_death_is_the_childs(tmp_path: Path, environment: str) -> None:
    """Kill the guard, and the kernel kills the child; what else there is, is found by its environment."""
    code = f"""
nap = subprocess.Popen(["sleep", "600"], start_new_session=True, env={environment})
while {environment} is None and not open(f"/proc/{{nap.pid}}/environ").read():
    pass  # as it becomes another program it has none for a moment
sender.result({{"left": nap.pid, "me": os.getpid()}})
os.kill(os.getppid(), signal.SIGKILL)
time.sleep(600)
"""
    ending = run_code(tmp_path, code)
    assert ending.received.body is not None
    assert (ending.returncode, ending.timed_out, ending.gone) == (-signal.SIGKILL, False, True)
    assert not is_alive(ending.received.body["me"])
    if environment == "None":  # without the mark it is out of everybody's reach
        assert not is_alive(ending.received.body["left"])
    elif is_alive(ending.received.body["left"]):
        os.kill(ending.received.body["left"], signal.SIGKILL)


@pytest.mark.usefixtures("deadline_once_ready")
def test_a_stopped_guard_is_set_going_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A model that stops its guard is ended at its deadline all the same."""
    monkeypatch.setattr("fitment.harness.executors.child.GRACE_S", 0.1)  # nobody hears that it is to end
    ending = run_code(tmp_path, "os.kill(os.getppid(), signal.SIGSTOP)\n" + HANG + "time.sleep(600)")
    assert (ending.timed_out, ending.gone) == (True, True)
    assert ending.returncode is not None


@pytest.mark.usefixtures("deadline_once_ready")
def test_a_process_that_does_not_end_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What no SIGKILL ends is waited for no longer than REAP_S; here a guard that nobody sets going."""
    monkeypatch.setattr("fitment.harness.executors.child.GRACE_S", 0.1)
    monkeypatch.setattr("fitment.harness.executors.guard.REAP_S", 0.1)
    monkeypatch.setattr("fitment.harness.executors.guard.Guard.resume", lambda guard: None)
    hanging: list[subprocess.Popen[bytes]] = []
    monkeypatch.setattr("fitment.harness.executors.guard._hanging", hanging)
    stop = "os.kill(os.getppid(), signal.SIGSTOP); sender.result({'guard': os.getppid()})\n"
    ending = run_code(tmp_path, stop + HANG + "time.sleep(600)")
    assert (ending.returncode, ending.gone, ending.timed_out) == (None, False, True)
    assert ending.received.body is not None
    (guard,) = hanging
    assert guard.pid == ending.received.body["guard"]
    guard.send_signal(signal.SIGCONT)
    guard.wait(timeout=300)


class StopNowError(Exception):
    """What a sweep's signal handler raises to abandon a cell."""


def test_what_a_signal_handler_raises_abandons_the_child(tmp_path: Path) -> None:
    """An exception in the waiting parent kills the group at once and passes through."""
    pid_file = tmp_path / "pid"

    def stop(number: int, frame: object) -> None:
        raise StopNowError

    def interrupt_once_running() -> None:
        wait_for_text(pid_file)
        os.kill(os.getpid(), signal.SIGUSR1)

    before = signal.signal(signal.SIGUSR1, stop)
    thread = threading.Thread(target=interrupt_once_running)
    thread.start()
    try:
        with pytest.raises(StopNowError):
            run_code(tmp_path, f"open({str(pid_file)!r}, 'w').write(f'{{os.getpid()}}\\n'); time.sleep(600)")
    finally:
        thread.join()
        signal.signal(signal.SIGUSR1, before)
    assert wait_until_dead(int(pid_file.read_text()))


def test_no_descriptors_are_left_open(tmp_path: Path) -> None:
    """Some cells later the parent has as many files open as before."""
    run_code(tmp_path, "leave(0)")
    gc.collect()  # what earlier tests left open is closed now, and not meanwhile
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(3):
        run_code(tmp_path, "leave(0)")
    assert len(os.listdir("/proc/self/fd")) == before
