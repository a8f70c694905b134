"""What a licence check answers, with the clause behind it: the types that travel. Not legal advice."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Relation(StrEnum):
    """What is done with the inbound work; ``outbound`` is the licence of what comes out of it."""

    CODE_INTO = "code_into"  # code is taken into a work of code
    ADAPT = "adapt"  # an adaptation of a work is made and shared
    REMIX = "remix"  # works are put together into one that is shared
    FINETUNE_RELEASE = "finetune_release"  # weights are tuned further and released
    MERGE = "merge"  # two sets of weights become one; symmetric
    MERGE_INTO_ONE_WORK = "merge_into_one_work"  # weights become a part of a work under the outbound licence
    DISTILL_OUTPUT = "distill_output"  # another model is trained on the model's outputs
    TRAIN_ON_DATASET = "train_on_dataset"
    REDISTRIBUTE = "redistribute"  # unchanged
    RELABEL_WEIGHTS = "relabel_weights"  # the same weights, declared to be under the outbound licence
    REPO_LOADS_WEIGHTS = "repo_loads_weights"  # code loads them when it runs and doesn't contain them
    SERVE_API = "serve_api"  # others use it over a network
    COMMERCIAL_USE = "commercial_use"


class Verdict(StrEnum):
    """In the order in which they lose when several are combined: the last is the worst."""

    COMPATIBLE = "compatible"  # allowed with ordinary duties
    CONDITIONAL = "conditional"  # holds where a fact or a term holds
    UNKNOWN = "unknown"  # no clause decides
    INCOMPATIBLE = "incompatible"  # a named clause forbids it


@dataclass(frozen=True, slots=True)
class Reason:
    """One clause, or the lack of one, and what it does to the verdict."""

    licence: str  # the identifier that it was read from
    clause: str  # the clause's key, such as "limit.mau"; "" where no clause decides
    effect: Verdict
    text: str  # one sentence for a person
    section: str = ""  # "s.2"; "" where there is none
    source: str = ""  # where the clause was read


@dataclass(frozen=True, slots=True)
class Context:
    """Facts of the use; None is a fact that nobody stated."""

    commercial: bool | None = None
    monthly_active_users: int | None = None
    yearly_revenue_usd: float | None = None
    territory: str | None = None  # where the licensee is domiciled, as ISO 3166 alpha-2, or "EU"
    model_name: str | None = None  # of the model that is released
    hosted: bool | None = None
    modified: bool | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """The answer to one question about licences."""

    outbound: str | None  # as asked; None for relations that have no outbound side
    inbound: str | None  # as asked; None where nothing was declared
    relation: Relation
    verdict: Verdict
    reasons: tuple[Reason, ...]  # the worst first
    needs: tuple[str, ...]  # facts that are missing, and duties
    rule: str  # the rule that decided
    data_version: str  # of the clauses and tables
    chosen: str | None = None  # the branch of an OR that it stands on


NOTHING_STATED = Context()
