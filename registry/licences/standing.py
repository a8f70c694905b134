"""What pieces of evidence amount to: which licence, how sure, and what somebody should look at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from .evidence import Detected, Evidence, Source, Standing, Unread
from .expressions import ExpressionError, Name, Tree, tree
from .identifiers import FAMILY, KNOWN, OTHER, READINGS, named
from .text_match import Match
from .verdicts import Judged, Reason, Verdict

CHANGED = "text.modified"


def stood(
    path: str, evidence: Sequence[Evidence], findings: Sequence[str], unread: Sequence[Unread]
) -> Detected:
    """The evidence weighed: a tag and a text that disagree both hold, joined by AND."""
    said = list(findings)
    texts = [each for each in evidence if each.source is Source.TEXT]
    tags = [each for each in evidence if each.source is not Source.TEXT and not _empty(each.licence)]
    told = _names(tags)
    written = _names(each for each in texts if each.licence is not None)
    if any(each.licence is None for each in texts):
        written.append("unknown")
    licence, standing = _together(told, written)
    if standing is Standing.DISAGREE:
        first, second = " and ".join(told), " and ".join(written)
        said.append(f"declared is {first}, the text says {second}: both are taken to hold")
    sure = Verdict.COMPATIBLE
    for each in texts:
        if each.match is not Match.SAME:
            sure = Verdict.CONDITIONAL
            said.append(_doubt(each))
    if standing is Standing.TAG_ONLY:
        said.append("no licence text goes with it: the tag alone is weak evidence")
    return Detected(path, licence, standing, sure, tuple(evidence), tuple(said), tuple(unread))


def at_best(judged: Judged, detected: Detected) -> Judged:
    """The verdict, which a changed text keeps from being better than conditional."""
    if detected.at_best is Verdict.COMPATIBLE or judged.verdict is not Verdict.COMPATIBLE:
        return judged
    text = "the licence text was changed or is not known word for word: read what was changed"
    reason = Reason(judged.inbound or "", CHANGED, Verdict.CONDITIONAL, text)
    return replace(
        judged,
        verdict=Verdict.CONDITIONAL,
        reasons=(reason, *judged.reasons),
        needs=(*judged.needs, "read the changes of the licence text"),
    )


def _empty(said: str | None) -> bool:
    """Whether it only says that a licence is to be found elsewhere."""
    return said is None or named(said).state == OTHER


def _names(evidence: Iterable[Evidence]) -> list[str]:
    found: dict[frozenset[str], str] = {}
    for each in evidence:
        if each.licence is not None:
            found.setdefault(_members(each.licence), each.licence)
    return list(found.values())


def _together(told: list[str], written: list[str]) -> tuple[str | None, Standing]:
    if not told and not written:
        return None, Standing.NOTHING
    if not told or not written:
        return _joined(told or written), Standing.TAG_ONLY if told else Standing.TEXT_ONLY
    if _agree(told, written):
        return _joined(_narrowest(told, written)), Standing.AGREE
    return _joined([*told, *written]), Standing.DISAGREE


def _agree(told: list[str], written: list[str]) -> bool:
    """Whether each text is one of the declared licences, and each declaration is met by a text."""
    texts = [_members(name) for text in written for name in _leaves(text)]
    declared = [[_members(name) for name in _leaves(tag)] for tag in told]
    each_text = all(any(text & leaf for tag in declared for leaf in tag) for text in texts)
    return each_text and all(any(text & leaf for text in texts for leaf in tag) for tag in declared)


def _narrowest(told: list[str], written: list[str]) -> list[str]:
    """The declarations, but the text where it is narrower: ``bsd`` beside BSD-3-Clause."""
    found = []
    for tag in told:
        leaves = _leaves(tag)
        members = _members(leaves[0]) if len(leaves) == 1 else frozenset[str]()
        narrower = [name for text in written for name in _leaves(text) if _members(name) < members]
        found += narrower or [tag]
    return list(dict.fromkeys(found))


def _leaves(expression: str) -> list[str]:
    try:
        found = _names_in(tree(expression))
    except ExpressionError:
        return [expression]
    return found or [expression]


def _names_in(node: Tree) -> list[str]:
    if isinstance(node, Name):
        return [node.licence]
    return [name for part in node.parts for name in _names_in(part)]


def _members(name: str) -> frozenset[str]:
    found = named(name)
    known = found.state in (KNOWN, READINGS, FAMILY)
    return frozenset(member.casefold() for member in found.members) if known else frozenset({name.casefold()})


def _joined(names: Sequence[str]) -> str:
    distinct = list({_members(name): name for name in reversed(names)}.values())[::-1]
    if len(distinct) == 1:
        return distinct[0]
    return " AND ".join(f"({name})" if " OR " in name.upper() else name for name in distinct)


def _doubt(text: Evidence) -> str:
    if text.match is Match.MODIFIED:
        return f"{text.file}: {text.licence} with changes ({text.detail}): a verdict is conditional at best"
    if text.match is Match.TITLE:
        return f"{text.file}: only the title is known as {text.licence}: a verdict is conditional at best"
    return f"{text.file}: no licence text that is known"
