"""Hold drafts against the sentences that they cite: a draft item goes in, a claim with its verdict comes out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from summariser.documents.blocks import count_words
from summariser.documents.normalise import plain
from summariser.documents.sentences import split
from summariser.evidence import Context, MilestoneVerdict, verify, verify_actor, verify_milestone
from summariser.schema import (
    Actor,
    Claim,
    Document,
    DraftActor,
    DraftHighlight,
    DraftItem,
    DraftKeyPoint,
    DraftMilestone,
    Highlight,
    KeyPoint,
    Milestone,
    Reason,
    Span,
    Verdict,
    VerdictStatus,
)

HIGHLIGHT_WORDS = 20


@dataclass(frozen=True)
class Checker:
    """The verifier with one document in hand. `language` is the summary's own where it differs from the source's."""

    document: Document
    language: str | None = None

    @cached_property
    def _plain(self) -> dict[int, str]:
        """The readable form of each sentence, by its number."""
        return {sentence.number: plain(sentence.text) for sentence in self.document.sentences}

    @cached_property
    def _spans(self) -> dict[int, Span]:
        """The sentences that were cited so far as evidence: one span for all claims that cite it."""
        return {}

    @cached_property
    def _verdicts(self) -> dict[tuple[str, str], Verdict]:
        """The verdicts so far on statements, by words and support: a highlight often says what a key point says."""
        return {}

    def _cited(self, item: DraftItem) -> tuple[Span, ...]:
        """What an item cites, in the order of the text; unknown and planted sentences are left out."""
        numbers = sorted(set(item.ev) - self.document.planted)
        spans = self._spans
        if fresh := [number for number in numbers if number not in spans]:
            spans.update((span.sentence, span) for span in self.document.spans(fresh))
        return tuple([spans[number] for number in numbers if number in spans])

    @cached_property
    def context(self) -> Context:
        document = self.document
        sentences = list(self._plain.values())
        # Bylines and datelines are no sentences, but they say who speaks from where ("Ana Ruiz, Montevideo").
        origin = [document.text[f.start : f.end] for f in document.furniture if f.kind in ("byline", "dateline")]
        byline = " ".join(words for words in (document.byline, *map(plain, origin)) if words)
        return Context.of(sentences, title=document.title, byline=byline or None, language=document.language)

    def check(self, item: DraftItem) -> Claim:
        """The claim that the item becomes, whatever the verdict is."""
        spans = self._cited(item)
        support = " ".join(self._plain[span.sentence] for span in spans)
        match item:
            case DraftMilestone():
                return self._milestone(item, spans, support)
            case DraftActor():
                return self._actor(item, spans, support)
            case DraftHighlight():
                return Highlight(text=plain(item.text), evidence=spans, verdict=self._highlight(item, spans, support))
            case DraftKeyPoint():
                verdict = self._statement(item, spans, support)
                speaker = plain(item.speaker) or None if item.speaker else None
                return KeyPoint(text=plain(item.text), speaker=speaker, evidence=spans, verdict=verdict)

    def _unfounded(self, item: DraftItem, text: str) -> Verdict:
        """Nothing was cited, or nothing that counts."""
        code = "instruction_text" if set(item.ev) & self.document.planted else "no_evidence"
        return Verdict(status="not_found", reasons=(Reason(code=code, claim=text),))

    def _statement(self, item: DraftHighlight | DraftKeyPoint, spans: tuple[Span, ...], support: str) -> Verdict:
        if not spans:
            return self._unfounded(item, item.text)
        text = _spoken(item) if isinstance(item, DraftKeyPoint) else item.text
        document = self.document
        found = self._verdicts.get((text, support))
        if found is None:
            found = self._verdicts[text, support] = verify(
                text,
                support,
                published=document.published,
                language=document.language,
                claim_language=self.language or document.language,
                context=self.context,
            )
        return found

    def _highlight(self, item: DraftHighlight, spans: tuple[Span, ...], support: str) -> Verdict:
        shape = misshapen(item.text, self.language or self.document.language)
        if shape:
            return Verdict(status="not_found", reasons=(shape,))
        return self._statement(item, spans, support)

    def _actor(self, item: DraftActor, spans: tuple[Span, ...], support: str) -> Actor:
        document = self.document
        verdict = (
            verify_actor(
                item,
                support,
                published=document.published,
                language=document.language,
                claim_language=self.language or document.language,
                context=self.context,
            )
            if spans
            else self._unfounded(item, item.name)
        )
        return Actor(
            name=plain(item.name),
            aliases=tuple(
                dict.fromkeys(plain(alias) for alias in item.aliases if alias.strip() and alias != item.name)
            ),
            kind=item.kind,
            role=plain(item.role) or None if item.role else None,
            evidence=spans,
            verdict=verdict,
        )

    def _milestone(self, item: DraftMilestone, spans: tuple[Span, ...], support: str) -> Milestone:
        document = self.document
        result = verify_milestone(
            item,
            support,
            published=document.published,
            language=document.language,
            claim_language=self.language or document.language,
            context=self.context,
        )
        return Milestone(
            title=plain(item.title),
            date=result.date,
            date_text=plain(item.date_text) or None if item.date_text and result.date else None,
            date_basis=result.date_basis,
            date_role=item.date_role if result.date else None,
            jurisdictions=tuple(dict.fromkeys(item.jurisdictions)),
            instrument=item.instrument,
            binding=item.binding,
            status=item.status,
            fields=result.fields,
            evidence=spans,
            verdict=_overall(result) if spans else self._unfounded(item, item.title),
        )


def misshapen(text: str, language: str | None) -> Reason | None:
    """Why a text cannot be a highlight: more than one sentence, or more than 20 words."""
    words = count_words(text)
    if words > HIGHLIGHT_WORDS:
        return Reason(code="too_long", claim=f"{words} words")
    if len(split(text, language)) != 1:
        return Reason(code="not_one_sentence", claim=text)
    return None


def _overall(result: MilestoneVerdict) -> Verdict:
    """A milestone is as sound as its weakest field: what fails in one field is repaired or struck, never passed."""
    failed = [verdict for verdict in result.fields.values() if verdict.status in ("contradicted", "not_found")]
    if not failed:
        return result.verdict
    reasons = tuple(dict.fromkeys(reason for verdict in failed for reason in verdict.reasons))
    status: VerdictStatus = "contradicted" if any(v.status == "contradicted" for v in failed) else "not_found"
    return Verdict(status=status, reasons=reasons, matches=result.verdict.matches)


def _spoken(item: DraftKeyPoint) -> str:
    """The key point as it must be supported: with who says so."""
    return f"{item.text} ({item.speaker})" if item.speaker else item.text
