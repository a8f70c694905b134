"""fitment.harness.outcome: every kind of exception has its status."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
import torch
from fitment.harness import outcome
from fitment.harness.errors import MissingDependencyError, ModelError, UnsupportedError
from fitment.harness.models.loaded import batched
from fitment.harness.protocol.percentiles import percentile
from fitment.harness.scenarios import forward
from fitment.registry.errors import UnknownNameError
from fitment.registry.records import STATUSES
from torch import nn


def raised(code: Callable[[], object]) -> BaseException:
    """What the code raises, traceback included."""
    try:
        code()
    except BaseException as error:  # noqa: BLE001  # the test is about whatever it is
        return error
    raise AssertionError("nothing was raised")


def status(error: BaseException, *, precision: str = "fp32", compile_mode: str = "eager") -> str:
    """The status of a cell that ended with the error."""
    found = outcome.classify(error, precision=precision, compile_mode=compile_mode)
    assert found in STATUSES
    return found


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (MemoryError(), "oom_host"),
        (OSError(errno.ENOMEM, "Cannot allocate memory"), "oom_host"),
        (RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory: you tried"), "oom_host"),
        (RuntimeError("std::bad_alloc"), "oom_host"),
        (torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 20.00 GiB"), "oom_device"),
        (RuntimeError("CUDA error: out of memory"), "oom_device"),
        (RuntimeError("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate`"), "oom_device"),
        (RuntimeError("CUDA error: no kernel image is available for execution"), "unsupported_device"),
        (RuntimeError("CUDA error: device-side assert triggered"), "model_error"),
        (RuntimeError("CUDA error: an illegal memory access was encountered"), "device_fault"),
        (NotImplementedError("Could not run 'aten::foo' with arguments from the 'CPU'"), "unsupported_op"),
        (NotImplementedError("\"addmm\" not implemented for 'Half'"), "unsupported_precision"),
        (UnsupportedError("compile", "no compiler"), "unsupported_compile"),
        (ModelError("it is at fault"), "model_error"),
        (MissingDependencyError("it is not there"), "missing_dependency"),
        (UnknownNameError("no such model"), "model_error"),
        (ImportError("No module named 'x'", name="x"), "missing_dependency"),
        (ImportError("cannot import", name="fitment.harness.nonsense"), "harness_error"),
    ],
)
def test_status_of_an_error(error: BaseException, expected: str) -> None:
    """What an error is or says decides, in the order of how telling it is."""
    assert status(error) == expected


def test_an_allocation_that_cannot_be() -> None:
    """Torch's own error for host memory that can't be had is oom_host."""
    assert status(raised(lambda: torch.empty(2**45))) == "oom_host"


def test_types_that_do_not_match_are_the_precisions_fault_only_if_it_is_reduced() -> None:
    """A layer that insists on fp32 is unsupported in bf16, and in fp32 the model's own mistake."""
    layer = nn.Linear(2, 2, dtype=torch.bfloat16)
    error = raised(lambda: layer(torch.ones(1, 2)))
    assert status(error, precision="bf16") == "unsupported_precision"
    assert status(error, precision="fp32") == "model_error"


def test_a_shape_that_does_not_fit_is_the_models() -> None:
    """Pure torch layers that don't fit together are model_error, although no user's line is in the stack."""
    model = nn.Sequential(nn.Linear(2, 3), nn.Linear(2, 3))
    prepared = SimpleNamespace(module=model, inputs=(torch.ones(1, 2),), context=torch.no_grad)
    error = raised(forward.make_step(prepared, model))  # type: ignore[arg-type]
    assert status(error) == "model_error"


def test_a_mistake_in_the_harness_is_the_harness() -> None:
    """What our own code raises outside the model's side is harness_error; on that side it is the model's."""
    ours = raised(lambda: percentile("no samples", 0.9, 0.95, 100))  # type: ignore[arg-type]
    assert status(ours) == "harness_error"
    models = raised(lambda: batched((3,), 2))  # type: ignore[arg-type]
    assert status(models) == "model_error"


def compilers_error(name: str, message: str = "boom") -> BaseException:
    """An error like dynamo's of this name: theirs take arguments of every kind."""
    kind = type(name, (RuntimeError,), {"__module__": "torch._dynamo.exc"})
    error: BaseException = kind(message)
    return error


def test_compilers_errors_count_only_where_something_is_compiled() -> None:
    """Dynamo's and inductor's errors are the compile mode's, and by their cause more than that."""
    assert status(compilers_error("BackendCompilerFailed"), compile_mode="inductor") == "compile_error"
    storm = compilers_error("FailOnRecompileLimitHit")
    assert status(storm, compile_mode="inductor") == "recompile_storm"
    wrapped = compilers_error("BackendCompilerFailed")
    wrapped.__cause__ = compilers_error("InvalidCxxCompiler")
    assert status(wrapped, compile_mode="inductor") == "unsupported_compile"
    assert status(ValueError("own"), compile_mode="inductor") == "model_error"


def test_memory_that_runs_out_while_compiling_is_memory() -> None:
    """An allocator's words inside a compiler's error say more than its class."""
    message = "inductor raised: DefaultCPUAllocator: can't allocate memory"
    error = compilers_error("BackendCompilerFailed", message)
    assert status(error, compile_mode="inductor") == "oom_host"


def test_real_dynamo_errors_have_the_names_we_know() -> None:
    """The classes that we tell apart by name exist in this torch."""
    import torch._dynamo.exc as dynamo
    import torch._inductor.exc as inductor

    known = {name for module in (dynamo, inductor) for name in vars(module)}
    assert set(outcome.COMPILER_CLASSES) <= known


def test_description_is_one_line_with_the_users_place(tmp_path: Path) -> None:
    """The first line of a message of many, shortened, and the innermost line that is the user's."""
    code = compile("def f():\n    raise ValueError('one\\ntwo')\n", str(tmp_path / "own.py"), "exec")
    space: dict[str, Callable[[], object]] = {}
    exec(code, space)
    described = outcome.describe(raised(space["f"]))
    assert described == f"ValueError: one ({tmp_path / 'own.py'}:2 in f)"
    long = outcome.describe(ValueError("x" * 5000))
    assert len(long) < 450
    assert long.endswith("…")


def test_our_own_errors_speak_for_themselves() -> None:
    """An error with a way out is given as it stands."""
    assert outcome.describe(UnsupportedError("op", "use another")) == "use another"
