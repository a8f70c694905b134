"""What an exception in the worker says about the cell: the table of measurement.md §4.

Torch's exceptions are known by name, so that this needs no torch.
"""

from __future__ import annotations

import errno
import os
import re
import sysconfig
import traceback
from pathlib import Path
from types import TracebackType

import numpy as np

from ..registry.errors import FitmentError

_HARNESS = Path(__file__).parent
# Folders of the harness whose code runs between us and the model: what surfaces there is the model's.
_MODEL_SIDE = tuple(str(_HARNESS / name) for name in ("models", "scenarios", "precisions", "compilers"))
_SITE_PACKAGES = sysconfig.get_path("purelib")
_STDLIB = sysconfig.get_path("stdlib")  # may hold site-packages
_NUMPY = str(Path(np.__file__).parent)
_LONGEST_DETAIL = 400

# What torch says in a RuntimeError, most telling first.
_MESSAGES = (
    (r"CUDA out of memory|CUDA (driver )?error: out of memory|cudaErrorMemoryAllocation", "oom_device"),
    (r"Triton Error \[CUDA\]: out of memory", "oom_device"),
    (r"CU(BLAS|DNN|SPARSE)_STATUS_ALLOC_FAILED", "oom_device"),
    (r"DefaultCPUAllocator: (can't allocate|not enough) memory|std::bad_alloc", "oom_host"),
    (r"MemoryError|Cannot allocate memory", "oom_host"),  # inside another library's or a compiler's words
    (r"could not (execute a primitive|create a memory object)", "oom_host"),  # oneDNN's, once it has the op
    (r"no kernel image is available|NVIDIA driver on your system is too old", "unsupported_device"),
    (r"No CUDA GPUs are available|Found no NVIDIA driver", "unsupported_device"),
    (r"Unexpected error from cudaGet|CUDA unknown error|CUDA driver initialization failed", "device_fault"),
    (r"device-side assert", "model_error"),
    (r"(stream is capturing|during capture)", "compile_error"),  # of a CUDA graph
    (r"CUDA (driver )?error|Triton Error \[CUDA\]", "device_fault"),
    (r"CUDNN_STATUS_EXECUTION_FAILED|CUBLAS_STATUS_EXECUTION_FAILED", "device_fault"),
    (r"not implemented for '(Half|BFloat16|Float8|QInt8|QUInt8)", "unsupported_precision"),
    (r"Could not run '|not implemented for '|_STATUS_NOT_SUPPORTED|is not currently (implemented|supported)",
     "unsupported_op"),
)  # fmt: skip
# What torch says, in a RuntimeError or a TypeError, where code can't do with the type that it is given.
_OTHER_TYPE = (
    r"same dtype|same scalar type|dtypes (must be the same|match)|dtype to be equal"
    r"|expected scalar type|expected .* dtype|bias type .* should be the same"
    r"|(dtypes?|[Ss]calar ?[Tt]ype|tensors?)\b.*(Half|BFloat16|Float8)|when computing in half precision"
    r"|cannot be converted to type .*(Half|BFloat16|Float8)"
)
_COMPILER_MODULES = ("torch._dynamo", "torch._inductor", "torch._functorch")
COMPILER_CLASSES = {
    "FailOnRecompileLimitHit": "recompile_storm",
    "InvalidCxxCompiler": "unsupported_compile",
    "TritonMissing": "unsupported_compile",
    "GPUTooOldForTriton": "unsupported_compile",
    "Unsupported": "unsupported_compile",
}

# What dynamo raises where an operation fails on tensors that have shape and type, but no data.
TRIED_WITHOUT_DATA = "TorchRuntimeError"


def classify(error: BaseException, *, precision: str, compile_mode: str) -> str:
    """The status, one of records.STATUSES, of a cell that ended with ``error``."""
    if is_out_of_memory(error):
        return "oom_host"
    if isinstance(error, FitmentError):
        return str(getattr(error, "status", "model_error"))
    if isinstance(error, ImportError):
        return "harness_error" if f"{error.name}.".startswith("fitment.") else "missing_dependency"
    if isinstance(error, RuntimeError) and (told := _by_message(str(error))):
        return told
    if precision != "fp32" and _wants_another_type(error):
        return "unsupported_precision"
    if compile_mode != "eager" and (told := _by_compiler(error)):
        return told
    return "harness_error" if _is_ours(error.__traceback__) else "model_error"


def is_out_of_memory(error: BaseException) -> bool:
    """Whether Python or the system says that host memory ran out; torch says it in a RuntimeError's words."""
    if isinstance(error, OSError | ImportError):  # a library that can't be mapped is an ImportError
        return getattr(error, "errno", None) == errno.ENOMEM or "Cannot allocate memory" in str(error)
    return isinstance(error, MemoryError)


def describe(error: BaseException) -> str:
    """One line: what was raised, its first line, and where in the user's code."""
    if isinstance(error, FitmentError):
        return _one_line(str(error))
    return _one_line(f"{type(error).__name__}: {_first_line(error)}") + place(error.__traceback__)


def place(trace: TracebackType | None) -> str:
    """`` (file:line in function)`` of the innermost frame that is neither ours nor a library's, or ""."""
    inner = [frame for frame in traceback.extract_tb(trace) if _is_users(frame.filename)]
    return f" ({inner[-1].filename}:{inner[-1].lineno} in {inner[-1].name})" if inner else ""


def _is_users(file: str) -> bool:
    generated = "torchinductor_" in file or file.startswith(os.environ.get("TORCHINDUCTOR_CACHE_DIR", "\0"))
    return not (generated or _is_plumbing(file) or file.startswith((_SITE_PACKAGES, str(_HARNESS))))


def _is_plumbing(file: str) -> bool:
    """Whether the file is Python's or NumPy's own: what fails there was called wrongly from outside."""
    in_stdlib = file.startswith(_STDLIB) and not file.startswith(_SITE_PACKAGES)
    return in_stdlib or file.startswith(("<frozen", _NUMPY))


def _wants_another_type(error: BaseException) -> bool:
    return isinstance(error, RuntimeError | TypeError) and bool(re.search(_OTHER_TYPE, str(error)))


def _by_message(message: str) -> str | None:
    return next((status for pattern, status in _MESSAGES if re.search(pattern, message)), None)


def _by_compiler(error: BaseException) -> str | None:
    """What a compiler's exception says, the ones that it wraps included."""
    links = [error]
    while inner := links[-1].__cause__ or links[-1].__context__:
        links.append(inner)
    names = [type(link).__name__ for link in links]
    if TRIED_WITHOUT_DATA in names and type(links[-1]).__module__ == "builtins":
        return None  # an operation refused its arguments, as it would have in eager
    told = next((COMPILER_CLASSES[name] for name in names if name in COMPILER_CLASSES), None)
    compilers_own = any(type(link).__module__.startswith(_COMPILER_MODULES) for link in links)
    return told or ("compile_error" if compilers_own else None)


def _is_ours(trace: TracebackType | None) -> bool:
    """Whether the innermost frame outside Python's and NumPy's own code is the harness's."""
    files = [frame.filename for frame in traceback.extract_tb(trace)]
    telling = [file for file in files if not _is_plumbing(file)]
    last = telling[-1] if telling else ""
    return last.startswith(str(_HARNESS)) and not last.startswith(_MODEL_SIDE)


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [""])[0]


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_DETAIL else line[: _LONGEST_DETAIL - 1] + "…"
