"""The answer to a question about one model, with what it inherits: where nothing can be, the plain answer."""

from __future__ import annotations

from ..answers import Answer, Question
from ..storage.store import Store
from .recommend import check, recommended_in
from .remedy import Measurable

KNOWS_BASES = """
(SELECT 1 FROM lineage_builds LIMIT 1)
UNION ALL (SELECT 1 FROM model_records WHERE len(base_models) > 0 LIMIT 1)
"""


def recommend_with_inherited(
    store: Store, question: Question, measurable: Measurable | None = None
) -> Answer:
    """``recommend``'s answer, with what the model inherits beside it.

    That of a model without any result has no rows of its own. Raises as ``recommend``; NoResultsError for
    such a model only where nothing is inherited either.
    """
    check(question)
    with store.reading() as connection:
        if not connection.execute(KNOWS_BASES).fetchall():
            return recommended_in(connection, question, measurable).answer
        from .inherited import answer_with_inherited  # most stores never need it

        return answer_with_inherited(connection, store, question, measurable or {})
