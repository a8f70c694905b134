"""pytest-benchmark's fixture where nothing is timed: one call, or one more that is counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pytest_benchmark.fixture import BenchmarkFixture, FixtureAlreadyUsed

from .counting import counted_call

Arguments = tuple[Sequence[Any], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class _Target:
    """What a test handed over to be benchmarked."""

    function: Callable[..., Any]
    arguments: Callable[[], Arguments]  # made anew for each call
    teardown: Callable[..., object] | None = None
    once: bool = False  # it is called exactly once in a timed pass, and may not bear another
    repeatable: bool = True  # called again with the same arguments it does the same

    def called(self, run: Callable[[Callable[[], Any]], Any]) -> Any:
        """What ``run`` makes of one call."""
        args, kwargs = self.arguments()
        result = run(lambda: self.function(*args, **kwargs))
        if self.teardown is not None:
            self.teardown(*args, **kwargs)
        return result


class OnceFixture(BenchmarkFixture):
    """Calls the function once. ``stats`` tells that one call, to tests that read them, and to nobody else."""

    def __call__(self, function_to_benchmark: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """What the function returns."""
        return self._use("benchmark(...)", _Target(function_to_benchmark, lambda: (args, kwargs)))

    def pedantic(
        self,
        target: Callable[..., Any],
        args: Sequence[Any] = (),
        kwargs: Mapping[str, Any] | None = None,
        setup: Callable[[], Arguments | None] | None = None,
        teardown: Callable[..., object] | None = None,
        rounds: int = 1,
        warmup_rounds: int = 0,
        iterations: int = 1,
    ) -> Any:
        """What the target returns; setup comes before and teardown after a call."""

        def arguments() -> Arguments:
            made = setup() if setup is not None else None
            if made and (args or kwargs):
                raise TypeError("Can't use `args` or `kwargs` if `setup` returns the arguments.")
            return made or (args, kwargs or {})

        once = setup is None and warmup_rounds + rounds * iterations == 1
        repeatable = setup is None and teardown is None and not once
        return self._use("benchmark.pedantic(...)", _Target(target, arguments, teardown, once, repeatable))

    def _use(self, mode: str, target: _Target) -> Any:
        if self._mode:
            self.has_error = True
            raise FixtureAlreadyUsed(
                f"Fixture can only be used once. Previously it was used in {self._mode} mode."
            )
        self._mode = mode
        self.has_error = True  # until it has returned
        result = self._result(target)
        self.has_error = False
        return result

    def _result(self, target: _Target) -> Any:
        return target.called(self._noted)

    def _noted(self, call: Callable[[], Any]) -> Any:
        start = self._timer()
        result = call()
        self._make_stats(1).update(self._timer() - start)  # type: ignore[no-untyped-call]
        return result


class CountingFixture(OnceFixture):
    """Calls the function once more, and counts what that costs."""

    counters: Mapping[str, float] | None = None  # None = it was never called

    def _result(self, target: _Target) -> Any:
        if not target.once:
            super()._result(target)

        def counted(call: Callable[[], Any]) -> Any:
            counting = (lambda: self._noted(call)) if target.once else call
            result, self.counters = counted_call(counting, repeatable=target.repeatable)
            return result

        return target.called(counted)


def untimed(fixture: BenchmarkFixture, kind: type[OnceFixture]) -> None:
    """Makes ``fixture``, which a test is about to get, one of that kind."""
    fixture.__class__ = kind
    fixture.disabled = True
    fixture._add_stats = lambda stats: None
