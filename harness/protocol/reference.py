"""The optional end of an invocation: what the same model gives in fp32, and how much it computes.

It runs last, on a model loaded anew, when the one that was measured and its memory are gone. The outcome
stands by then; what fails in here is missing from the record and takes nothing out of it.
"""

from __future__ import annotations

import math
from dataclasses import asdict, replace

import torch
from torch import Tensor

from ...registry.records import OK, Cell
from ..job import Job
from ..models.flops import macs_per_sample
from ..models.loaded import LoadedModel, batch_size
from ..models.outputs import first_tensor
from ..models.seeded import SPEED_ONLY, drawn_from_seed
from ..models.weights import weights_hash
from . import numerics
from .draft import Draft
from .subject import load_model, make_subject


def compare(job: Job, draft: Draft, output: Tensor | None, weights: str, tolerance: float) -> None:
    """Notes the deviation of ``output`` and the model's MACs; fails the draft where the output is wrong.

    ``weights`` is the hash of those that were measured. On seeded weights the deviation is stored, not
    judged: a random network amplifies rounding as no trained one does. A model of the user's own that has
    such weights is flagged as what it is.
    """
    compared = None if is_reference(job.cell) else output
    if output is None and not is_reference(job.cell):
        draft.flag("no_reference")  # too large to be kept until now
    counted = job.invocation == 0  # the later ones would count the same
    if compared is None and not counted:
        return
    draft.enter("reference")
    seeded = _is_seeded(job, draft, weights)
    loaded = load_model(job.cell, job.import_path, job.cell.seed)
    if weights_hash(loaded.module) != weights:  # a factory that ignores torch's seed
        draft.flag("no_reference")
    elif compared is not None:
        _note_deviation(job, draft, compared, loaded, math.inf if seeded else tolerance)
    if counted:
        draft.enter("macs")
        loaded.module.to("cpu").eval()
        draft.note(macs_per_sample=macs_per_sample(loaded))


def is_reference(cell: Cell) -> bool:
    """Whether the cell itself is what others are compared with: fp32, eager, contiguous."""
    configuration = cell.configuration
    return (configuration.precision, configuration.compile_mode, configuration.memory_format) == (
        "fp32",
        "eager",
        "contiguous",
    )


def _note_deviation(job: Job, draft: Draft, output: Tensor, loaded: LoadedModel, tolerance: float) -> None:
    """What looks wrong beside the example inputs alone is judged again beside the whole batch.

    There are models whose samples see one another: the similarities of all pairs, or what is centred.
    """
    for samples in sorted({least_batch(job, loaded, output), job.cell.configuration.batch}):
        wrong = _wrong(job, draft, output, loaded, tolerance, samples)
        if wrong is None:
            draft.note(status=OK, stage=None, detail=None)
            return
        draft.fail("numerics_mismatch", wrong)


def _wrong(
    job: Job, draft: Draft, output: Tensor, loaded: LoadedModel, tolerance: float, samples: int
) -> str | None:
    """What is wrong with ``output`` beside the reference of so many samples, or None; notes the deviation."""
    reference = reference_output(job, loaded, samples)
    found = numerics.deviation(output, reference)
    whole = samples == job.cell.configuration.batch
    if found is None or (whole and output.shape != reference.shape):
        return f"the output's shape is {tuple(output.shape)}, in fp32 eager {tuple(reference.shape)}"
    draft.note(**asdict(found))
    if found.relative_l2 > tolerance:
        return f"relative L2 error {found.relative_l2:.3g} > {tolerance:g}"
    return None


def least_batch(job: Job, loaded: LoadedModel, output: Tensor) -> int:
    """How many samples may stand for all: the example inputs, which a larger batch only repeats.

    All of them where the output has no row for each sample, and in training.
    """
    batch = job.cell.configuration.batch
    by_sample = job.cell.scenario == "forward" and output.ndim > 0 and output.shape[0] == batch
    return min(batch, batch_size(loaded.inputs)) if by_sample else batch


def reference_output(job: Job, loaded: LoadedModel, batch: int) -> Tensor:
    """What the cell's first step gives in fp32 eager, on the same device, of so many samples."""
    cell = job.cell
    plain = replace(
        cell.configuration,
        batch=batch,
        precision="fp32",
        compile_mode="eager",
        memory_format="contiguous",
    )
    torch.manual_seed(cell.seed)
    subject = make_subject(loaded, replace(cell, configuration=plain), job.device)
    output_of_first = numerics.dense(first_tensor(subject.step()).detach().cpu())
    subject.check_kept()
    return output_of_first


def _is_seeded(job: Job, draft: Draft, weights: str) -> bool:
    """Whether the weights are drawn from a seed, as the zoo's are known to be; a user's own are flagged."""
    if job.cell.model_source == "zoo":
        return True
    seeded = drawn_from_seed(lambda: load_model(job.cell, job.import_path, job.cell.seed), weights)
    if seeded:
        draft.flag(SPEED_ONLY)
    return seeded
