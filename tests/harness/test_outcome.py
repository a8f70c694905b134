"""fitment.harness.outcome: every kind of exception has its status."""

from __future__ import annotations

import errno
import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import torch
from fitment.harness import outcome
from fitment.harness.errors import MissingDependencyError, ModelError, RefusedError, UnsupportedError
from fitment.harness.executors.process import run
from fitment.harness.models.loaded import batched
from fitment.harness.protocol.percentiles import percentile
from fitment.harness.scenarios import forward
from fitment.registry.errors import UnknownNameError
from fitment.registry.records import STATUSES, Measurement
from torch import nn

from tests.harness.jobs import module_job


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
        (RuntimeError("could not execute a primitive"), "oom_host"),
        (OSError("libown.so: failed to map segment from shared object: Cannot allocate memory"), "oom_host"),
        (OSError(errno.ENOENT, "No such file"), "model_error"),
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
        (ImportError("No module named 'fitment_extra'", name="fitment_extra"), "missing_dependency"),
        (ImportError("libown.so: Cannot allocate memory", name="own"), "oom_host"),
        (RuntimeError("No CUDA GPUs are available"), "unsupported_device"),
        (RuntimeError("Found no NVIDIA driver on your system."), "unsupported_device"),
        (RuntimeError("Unexpected error from cudaGetDeviceCount(). Error 802"), "device_fault"),
        (RefusedError("device_busy", "others hold it"), "device_busy"),
        (RuntimeError("Triton Error [CUDA]: out of memory"), "oom_device"),
        (RuntimeError("CUDA driver error: out of memory"), "oom_device"),
        (RuntimeError("Triton Error [CUDA]: an illegal memory access was encountered"), "device_fault"),
        (RuntimeError("CUDA error: operation not permitted when stream is capturing"), "compile_error"),
        (TypeError("'*' is not implemented for 'Half'"), "model_error"),
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


@pytest.mark.parametrize(
    "code",
    [
        lambda: torch.fft.rfft(torch.ones(4, dtype=torch.bfloat16)),
        lambda: torch.ones(3, dtype=torch.float16).masked_fill(torch.ones(3) > 0, -1e9),
        lambda: torch.zeros(3).index_put_((torch.arange(3),), torch.ones(3, dtype=torch.bfloat16)),
        lambda: torch.zeros(3).index_add_(0, torch.arange(3), torch.ones(3, dtype=torch.bfloat16)),
        lambda: torch.zeros(3).scatter_(0, torch.arange(3), torch.ones(3, dtype=torch.bfloat16)),
        lambda: torch.linalg.inv(torch.eye(3, dtype=torch.bfloat16)),
        lambda: torch.view_as_complex(torch.ones(2, 2, dtype=torch.bfloat16)),
        lambda: torch.ones(3, dtype=torch.bfloat16).numpy(),
    ],
)
def test_what_torch_does_not_do_in_16_bits_is_the_precisions(code: Callable[[], object]) -> None:
    """Fourier transforms, masks of -1e9, rotary embeddings as complex numbers: no mistake of the model's."""
    error = raised(code)
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


def test_an_operation_that_refuses_its_arguments_is_the_models_under_a_compiler_too() -> None:
    """Dynamo tries operations without data first: what fails there for its shape would fail in eager."""
    refused = compilers_error("TorchRuntimeError", "Dynamo failed to run FX node with fake tensors")
    refused.__cause__ = compilers_error("Unsupported")
    refused.__cause__.__cause__ = RuntimeError("must have same reduction dim")
    assert status(refused, compile_mode="inductor") == "model_error"
    refused.__cause__.__cause__ = compilers_error("DataDependentOutputException")
    assert status(refused, compile_mode="inductor") == "unsupported_compile"


OWN = """
class Own(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 3)

    def forward(self, x):
        {body}

def make():
    return Own(), X
"""

# The worker's own limit is what the machine has: a test that would fill it gets a lower one instead.
LIMIT = """
import mmap, resource
size = [int(line.split()[1]) * 1024 for line in open("/proc/self/status") if line.startswith("VmData")]
resource.setrlimit(resource.RLIMIT_DATA, (size[0] + 2**28, -1))
kept = []
"""


def ended(folder: Path, code: str, **options: Any) -> Measurement:
    """What became of a cell on the user's module with this code, in a real worker."""
    return run(module_job(folder, code, hurried=True, **options)).measurement


@pytest.mark.parametrize(
    "body",
    [
        "while True: kept.append([0] * 1000)",  # Python's MemoryError, and none left to report with
        "while True: kept.append(torch.ones(2**20))",  # torch's allocator
        "while True: kept.append(torch.unique(torch.arange(2**20)))",  # std::bad_alloc
        "while True: kept.append(torch.fft.fft(torch.ones(2**20)))",  # MKL tells another reason
        "kept.append(mmap.mmap(-1, 2**29, flags=mmap.MAP_PRIVATE))",  # the system's ENOMEM
    ],
)
def test_F31_memory_that_runs_out_is_oom_host_with_its_limit(tmp_path: Path, body: str) -> None:
    """Whoever says it, and in whatever words: the cell is oom_host, and the limit and the peak are told."""
    found = ended(tmp_path, LIMIT + OWN.format(body=body))
    assert (found.status, found.stage) == ("oom_host", "first_call"), found.detail
    assert re.search(r"limited to [\d,]+ bytes of data .* peak resident [\d,]+", found.detail or "")


def test_F31_memory_that_runs_out_in_the_factory_is_not_its_mistake(tmp_path: Path) -> None:
    """A file that can't be mapped while a model is loaded is oom_host, not model_error."""
    code = LIMIT + "def make():\n    mmap.mmap(-1, 2**29, flags=mmap.MAP_PRIVATE)\n"
    found = ended(tmp_path, code)
    assert (found.status, found.stage) == ("oom_host", "load"), found.detail


OPTIONAL = """
try:
    import surely_not_installed as extra
except ImportError:
    extra = None
"""


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (OPTIONAL + OWN.format(body="return self.layer(x)"), ("ok", None)),
        (OPTIONAL + OWN.format(body="return extra.f(x)"), ("model_error", "first_call")),
        (OWN.format(body="import fitment_extra"), ("missing_dependency", "first_call")),
        ("def make():\n    from torch import nonsense\n", ("missing_dependency", "load")),
        ("def make():\n    return 'nonsense', 5\n", ("model_error", "load")),
        (OWN.format(body="return 'no tensor'"), ("model_error", "first_call")),
    ],
)
def test_the_users_mistakes_are_told_apart(
    tmp_path: Path, code: str, expected: tuple[str, str | None]
) -> None:
    """An optional import that failed harms nobody until it is used; nonsense is the model's."""
    found = ended(tmp_path, code)
    assert (found.status, found.stage) == expected, found.detail


def test_F43_a_model_that_insists_on_fp32_is_unsupported_in_less(tmp_path: Path) -> None:
    """An operation that refuses mixed types in bf16 is that precision's, never a silent up-cast."""
    body = "return nn.functional.linear(x.float(), self.layer.weight)"
    found = ended(tmp_path, OWN.format(body=body), precision="bf16")
    assert (found.status, found.stage) == ("unsupported_precision", "first_call"), found.detail
