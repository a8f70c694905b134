"""The answer to one question about licences: may this be done, on which terms, and which clause says so.

An engineering reading of clauses, not legal advice. The question is a function of the relation, the direction
and the facts, never of a pair of names; what no clause decides is unknown, and unknown is never compatible.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import replace

from . import clauses, osadl
from .adaptations import adapt, remix
from .clauses import Licence, licences
from .code import code_into, unknown_licence
from .combine import Answer, answer, common, unsaid
from .copies import redistribute, relabel
from .derivatives import release
from .expressions import Either, ExpressionError, Name, evaluate, tree
from .identifiers import FAMILY, KNOWN, READINGS, Named, named
from .merges import merge
from .outputs import distill, train
from .uses import earn, load, serve
from .verdicts import NOTHING_STATED, Context, Judged, Relation, Verdict

DISCLAIMER = "An engineering reading of clauses, not legal advice."

Rule = Callable[[Licence | None, Licence, Context], Answer]
RULES: Mapping[Relation, Rule] = {
    Relation.ADAPT: adapt,
    Relation.REMIX: remix,
    Relation.FINETUNE_RELEASE: release,
    Relation.MERGE: merge,
    Relation.MERGE_INTO_ONE_WORK: release,
    Relation.DISTILL_OUTPUT: distill,
    Relation.TRAIN_ON_DATASET: train,
    Relation.REDISTRIBUTE: redistribute,
    Relation.RELABEL_WEIGHTS: relabel,
    Relation.REPO_LOADS_WEIGHTS: load,
    Relation.SERVE_API: serve,
    Relation.COMMERCIAL_USE: earn,
}
SYMMETRIC = (Relation.MERGE, Relation.REMIX)
# What is done under no other licence: the outbound side is not asked for, and not read.
ONE_SIDED = (Relation.SERVE_API, Relation.COMMERCIAL_USE, Relation.REPO_LOADS_WEIGHTS)


@functools.lru_cache(maxsize=65_536)
def check(
    outbound: str | None, inbound: str | None, relation: Relation, context: Context = NOTHING_STATED
) -> Judged:
    """The verdict on doing ``relation`` with a work under ``inbound``, coming out under ``outbound``.

    Both are SPDX expressions, Hugging Face tags or model licences; None is none declared. An ``outbound`` of
    None leaves that side open, and what depends on it is conditional.
    """
    one, other = outbound, "" if inbound is None else inbound
    if relation in ONE_SIDED:
        one = None
    if relation in SYMMETRIC and one is not None and one > other:
        one, other = other, one
    found = _asked(one, other, relation, context)
    return Judged(
        outbound=outbound,
        inbound=inbound,
        relation=relation,
        verdict=found.verdict,
        reasons=found.reasons,
        needs=found.needs,
        rule=found.rule,
        data_version=data_version(),
        chosen=found.chosen,
    )


@functools.cache
def data_version() -> str:
    """What verdicts are made from: the clauses' digest and the matrix's date."""
    return f"clauses {clauses.version()}, OSADL {osadl.matrix().timestamp[:10]}"


def _asked(outbound: str | None, inbound: str, relation: Relation, context: Context) -> Answer:
    try:
        goes_in = tree(inbound)
        comes_out = None if outbound is None else tree(outbound)
    except ExpressionError as error:
        return answer("identifier", [unsaid(inbound, str(error))])

    def single(name: Name) -> Answer:
        if comes_out is None:
            return _pair(None, name, relation, context)
        found = evaluate(comes_out, lambda other: _pair(other, name, relation, context))
        if isinstance(comes_out, Either) and found.chosen is not None:
            need = f"offer what comes out under {found.chosen}: the verdict stands on that branch alone"
            return replace(found, needs=(need, *found.needs))
        return found

    return evaluate(goes_in, single)


def _pair(outbound: Name | None, inbound: Name, relation: Relation, context: Context) -> Answer:
    if relation is Relation.CODE_INTO and outbound is not None and str(outbound) != str(inbound):
        exact = code_into(str(outbound), str(inbound))
        if exact is not None:
            return exact
    if inbound.exception is not None or (outbound is not None and outbound.exception is not None):
        return _with_exception(outbound, inbound, relation, context)
    there = named(inbound.licence)
    here = None if outbound is None else named(outbound.licence)
    for side in (there, here):
        if side is not None and not side.members:
            return unknown_licence(side)
    return _read(here, there, relation, context)


def _read(outbound: Named | None, inbound: Named, relation: Relation, context: Context) -> Answer:
    """Over all readings of both names; a family that goes out as itself is read as one member at a time."""
    same = outbound is not None and outbound.members == inbound.members
    readings = []
    for goes_in in inbound.members:
        outs = (None,) if outbound is None else (goes_in,) if same else outbound.members
        for comes_out in outs:
            label = goes_in if comes_out is None or comes_out == goes_in else f"{goes_in} into {comes_out}"
            readings.append((label, _members(comes_out, goes_in, relation, context)))
    open_side = next(
        (side for side in (inbound, outbound) if side and side.state in (READINGS, FAMILY)), inbound
    )
    return common(readings, open_side.asked, open_side.why)


def _members(outbound: str | None, inbound: str, relation: Relation, context: Context) -> Answer:
    if relation is Relation.CODE_INTO:
        told = None if outbound is None else code_into(outbound, inbound)
        if told is not None:
            return told
    known = licences()
    for side in (inbound, outbound):
        if side is not None and side not in known:
            why = f"{side} is known by name alone: none of its clauses has been read"
            return answer("identifier", [unsaid(side, why)])
    rule = release if relation is Relation.CODE_INTO else RULES[relation]
    return rule(None if outbound is None else known[outbound], known[inbound], context)


def _with_exception(outbound: Name | None, inbound: Name, relation: Relation, context: Context) -> Answer:
    """An exception adds permissions: what holds without it holds with it, and what doesn't might."""
    if outbound is not None and str(outbound) == str(inbound):
        return _pair(Name(outbound.licence), Name(inbound.licence), relation, context)
    bare = None if outbound is None else Name(outbound.licence)
    found = _pair(bare, Name(inbound.licence), relation, context)
    if inbound.exception is not None and found.verdict is Verdict.INCOMPATIBLE:
        text = f"{inbound.exception} may permit what {inbound.licence} alone forbids: {found.reasons[0].text}"
        return answer("exception", [unsaid(str(inbound), text)])
    widened = outbound is not None and outbound.exception is not None
    if widened and found.verdict is not Verdict.INCOMPATIBLE and not _gives_way(inbound):
        text = f"the exception of {outbound} can't be given for what is under {inbound}, which has none"
        return answer("exception", [unsaid(str(outbound), text)])
    return found


def _gives_way(inbound: Name) -> bool:
    there = named(inbound.licence)
    known = licences()
    return there.state == KNOWN and all(
        name in known and known[name].value("flow_down") in ("none", "notice") for name in there.members
    )
