"""The optional end of an invocation: what the same model gives in fp32, and how much it computes.

It runs last, on a model loaded anew, when the one that was measured and its memory are gone. The outcome
stands by then; what fails in here is missing from the record and takes nothing out of it.
"""

from __future__ import annotations

from dataclasses import asdict, replace

import torch
from torch import Tensor

from ...registry.records import Cell
from ..job import Job
from ..models.flops import macs_per_sample
from ..models.loaded import LoadedModel, batch_size
from ..models.outputs import first_tensor
from ..models.weights import weights_hash
from . import numerics
from .draft import Draft
from .subject import load_model, make_subject


def compare(job: Job, draft: Draft, output: Tensor | None, weights: str, tolerance: float) -> None:
    """Notes the deviation of ``output`` and the model's MACs; fails the draft where the output is wrong.

    ``weights`` is the hash of those that were measured. On seeded weights the deviation is stored, not
    judged: a random network amplifies rounding as no trained one does.
    """
    compared = None if is_reference(job.cell) else output
    counted = job.invocation == 0  # the later ones would count the same
    if compared is None and not counted:
        return
    draft.enter("reference")
    loaded = load_model(job.cell, job.import_path, job.cell.seed)
    if weights_hash(loaded.module) != weights:  # a factory that ignores torch's seed
        draft.flag("no_reference")
    elif compared is not None:
        _note_deviation(job, draft, compared, loaded, tolerance)
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
    reference = reference_output(job, loaded, output)
    found = numerics.deviation(output, reference)
    if found is None:
        shapes = f"{tuple(output.shape)}, in fp32 eager {tuple(reference.shape)}"
        draft.fail("numerics_mismatch", f"the output's shape is {shapes}")
        return
    draft.note(**asdict(found))
    if found.relative_l2 > tolerance and _has_real_weights(job, loaded):
        draft.fail("numerics_mismatch", f"relative L2 error {found.relative_l2:.3g} > {tolerance:g}")


def reference_output(job: Job, loaded: LoadedModel, output: Tensor) -> Tensor:
    """What the cell's first step gives in fp32 eager, on the same device.

    Of the example inputs alone, which a larger batch only repeats, where a sample's row depends on no other.
    """
    cell = job.cell
    batch = cell.configuration.batch
    by_sample = cell.scenario == "forward" and output.ndim > 0 and output.shape[0] == batch
    fewer = min(batch, batch_size(loaded.inputs)) if by_sample else batch
    plain = replace(
        cell.configuration,
        batch=fewer,
        precision="fp32",
        compile_mode="eager",
        memory_format="contiguous",
    )
    torch.manual_seed(cell.seed)
    subject = make_subject(loaded, replace(cell, configuration=plain), job.device)
    output_of_first = first_tensor(subject.step()).detach().cpu()
    subject.check_kept()
    return output_of_first


def _has_real_weights(job: Job, loaded: LoadedModel) -> bool:
    """Whether the weights are the factory's own, rather than drawn from torch's seed."""
    if job.cell.model_source == "zoo":
        return False
    reseeded = load_model(job.cell, job.import_path, job.cell.seed + 1)
    again = load_model(job.cell, job.import_path, job.cell.seed)
    return weights_hash(reseeded.module) == weights_hash(again.module)
