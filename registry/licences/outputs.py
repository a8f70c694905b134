"""Another model is trained on a model's outputs, or a model on a dataset."""

from __future__ import annotations

from collections.abc import Iterator

from .clauses import Clause, Licence
from .combine import Answer, Finding, answer, said, unsaid
from .conditions import duties, name, purpose, thresholds
from .derivatives import derivative
from .verdicts import Context, Verdict


def distill(outbound: Licence | None, inbound: Licence, context: Context) -> Answer:
    """``outbound`` is the licence of the model that is trained on outputs of a model under ``inbound``."""
    return answer("distill_output", _outputs(outbound, inbound, context))


def train(outbound: Licence | None, inbound: Licence, context: Context) -> Answer:
    """``outbound`` is the licence of the model that is trained on a dataset under ``inbound``."""
    scope = inbound.clause("scope.dataset")
    if (
        scope is not None and scope.value == "outputs"
    ):  # a dataset of a model's outputs, under the model's licence
        return answer("train_on_dataset", _outputs(outbound, inbound, context))
    return answer("train_on_dataset", _dataset(outbound, inbound, scope))


def _outputs(outbound: Licence | None, inbound: Licence, context: Context) -> Iterator[Finding]:
    ban, scope = inbound.clause("limit.no_improve_other_models"), inbound.clause("scope.outputs")
    if ban is not None:
        yield from _ban(ban, outbound, inbound)
    elif scope is None:
        text = f"{inbound.identifier}: no clause says what may be trained on outputs"
        yield unsaid(inbound.identifier, text)
    elif scope.value == "contested":
        yield _contested(scope, outbound, inbound)
    elif scope.value == "attribution":
        yield said(scope, Verdict.CONDITIONAL, need=scope.text)
    elif scope.value == "derivative":
        yield said(scope, Verdict.COMPATIBLE)
        yield from _findings(derivative("distill_output", outbound, inbound, context, "outputs"))
        return
    else:
        yield said(scope, Verdict.COMPATIBLE)
    if scope is not None and scope.value == "limited":
        yield from purpose(inbound, context)
    yield from thresholds(inbound, context)
    yield from name(inbound, context, "outputs")
    yield from duties(inbound, "outputs")


def _ban(ban: Clause, outbound: Licence | None, inbound: Licence) -> Iterator[Finding]:
    own = outbound is not None and outbound.identifier == inbound.identifier
    if own or outbound is None:
        need = f"the trained model is itself a derivative of the one under {inbound.identifier}: {ban.text}"
        yield said(ban, Verdict.CONDITIONAL, need=need)
    else:
        yield said(ban, Verdict.INCOMPATIBLE)


def _dataset(outbound: Licence | None, inbound: Licence, scope: Clause | None) -> Iterator[Finding]:
    if scope is None:
        yield unsaid(
            inbound.identifier, f"{inbound.identifier}: no clause says what becomes of a trained model"
        )
    elif scope.value == "free":
        yield said(scope, Verdict.COMPATIBLE)
        yield from duties(inbound)
    elif scope.value == "attribution":
        yield said(scope, Verdict.CONDITIONAL, need=scope.text)
    else:
        yield _contested(scope, outbound, inbound)


def _contested(scope: Clause, outbound: Licence | None, inbound: Licence) -> Finding:
    """Whichever way it is read, a model under the same licence keeps to it, where adaptations are shared."""
    same = outbound is not None and outbound.identifier == inbound.identifier
    if same and inbound.clause("limit.nd") is None:
        return said(scope, Verdict.CONDITIONAL, need=f"keep to {inbound.identifier}: {scope.text}")
    return said(scope, Verdict.UNKNOWN)


def _findings(found: Answer) -> Iterator[Finding]:
    reasons = list(found.reasons)
    yield from (Finding(reason) for reason in reasons)
    yield from (Finding(reasons[0], need) for need in found.needs)
