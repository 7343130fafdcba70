"""The verifier as the judge calls it: the package's public functions, with the document in hand."""

from __future__ import annotations

from evals.cases import Case
from summariser.schema import DraftActor, DraftHighlight, DraftKeyPoint, DraftMilestone, Verdict

Item = DraftKeyPoint | DraftHighlight | DraftActor | DraftMilestone
REFUSED = frozenset({"contradicted", "not_found"})


def verdict_on(case: Case, item: Item, support: str) -> Verdict:
    """The verdict on an item against the words that it cites; for a milestone the worst of the whole and its fields."""
    from summariser.evidence import verify, verify_actor, verify_milestone

    document, context = case.document, case.context
    published, language = document.published, document.language
    match item:
        case DraftActor():
            return verify_actor(
                item, support, published=published, language=language, claim_language=language, context=context
            )
        case DraftMilestone():
            result = verify_milestone(
                item, support, published=published, language=language, claim_language=language, context=context
            )
            struck = [verdict for verdict in result.fields.values() if verdict.status in REFUSED]
            if struck and result.verdict.status not in REFUSED:
                return Verdict(status=struck[0].status, reasons=tuple(r for one in struck for r in one.reasons))
            return result.verdict
        case _:
            speaker = item.speaker if isinstance(item, DraftKeyPoint) else None
            return verify(
                f"{item.text} ({speaker})" if speaker else item.text,
                support,
                published=published,
                language=language,
                claim_language=language,
                context=context,
            )
