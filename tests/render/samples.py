"""Summaries made by hand, so that renderers are tested without any engine."""

from __future__ import annotations

import datetime as dt

from summariser.schema import (
    SUPPORTED,
    Actor,
    Attempt,
    Document,
    Furniture,
    Highlight,
    KeyPoint,
    Match,
    Milestone,
    Note,
    PartialDate,
    Provenance,
    Reason,
    Rejected,
    Section,
    Sentence,
    Summary,
    Usage,
    Verdict,
)

MADE = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC)
RECORDED = Provenance(
    engine="llm",
    model="openai/sample-model",
    source="replay",
    prompt_version="4f1c2a",
    library_version="0.1.0",
    created=MADE,
    recorded_by="the sample server",
)


def document(paragraphs: list[list[str]], head: str = "", tail: str = "", **facts: object) -> Document:
    """A document of these paragraphs of sentences; `head` and `tail` lines are furniture."""
    text, furniture, sentences = "", [], []
    for line in head.split("\n") if head else ():
        furniture.append(Furniture(kind="other", start=len(text), end=len(text) + len(line)))
        text += line + "\n\n"
    for place, paragraph in enumerate(paragraphs):
        for words in paragraph:
            start = len(text)
            if words.startswith("# "):
                furniture.append(Furniture(kind="heading", start=start, end=start + len(words)))
            else:
                sentences.append(
                    Sentence(number=len(sentences) + 1, start=start, end=start + len(words), paragraph=place)
                )
            text += words + " "
        text += "\n\n"
    if tail:
        furniture.append(Furniture(kind="link", start=len(text), end=len(text) + len(tail)))
        text += tail
    return Document(text=text, sentences=tuple(sentences), furniture=tuple(furniture), **facts)  # type: ignore[arg-type]


def council() -> Summary:
    """An invented article with one of everything: all kinds of statement, one rejected, one struck field."""
    source = document(
        [
            [
                "The council of Norland adopted the Artificial Intelligence Act on 21 March 2024.",
                "A total of 37 members voted for it, and 12 against.",
                "Mayor Ada Brandt called it “a floor, not a ceiling”.",
            ],
            ["# What comes next"],
            [
                "Providers must register high-risk systems by 30 June 2026.",
                "The harbour was quiet that day.",
                "An oversight board may be set up in 2025.",
            ],
        ],
        head="Policy\nNorland adopts its AI act\nBy Iris Holm",
        tail="Read next",
        title="Norland adopts its AI act",
        byline="Iris Holm",
        category="Policy",
        published=PartialDate("2024-03-22"),
        published_basis="given",
        language="en",
        url="https://news.example/norland-ai-act",
        name="norland.txt",
        sections=(Section(title="# What comes next", level=1, first_sentence=4),),
    )
    vote = Verdict(
        status="supported",
        matches=(
            Match(kind="number", claim="37", source="37 members"),
            Match(kind="number", claim="12", source="12"),
        ),
    )
    adopted = Verdict(
        status="supported",
        matches=(
            Match(kind="name", claim="Norland", source="Norland"),
            Match(kind="status", claim="adopted", source="adopted"),
            Match(kind="date", claim="21 March 2024", source="21 March 2024"),
        ),
    )
    return Summary(
        document=source,
        language="en",
        highlights=(
            Highlight(text="Norland adopted its AI act on 21 March 2024.", evidence=source.spans([1]), verdict=adopted),
            Highlight(text="37 members voted for it and 12 against.", evidence=source.spans([2]), verdict=vote),
        ),
        key_points=(
            KeyPoint(
                text="The act is “a floor, not a ceiling”.",
                speaker="Ada Brandt",
                evidence=source.spans([3]),
                verdict=Verdict(
                    status="supported",
                    matches=(Match(kind="quote", claim="a floor, not a ceiling", source="a floor, not a ceiling"),),
                ),
            ),
            KeyPoint(text="The council adopted the act with 37 votes.", evidence=source.spans([1, 2]), verdict=vote),
            KeyPoint(
                text="An oversight board will be set up in 2025.",
                evidence=source.spans([6]),
                verdict=Verdict(status="contradicted", reasons=(Reason(code="modality", claim="will", source="may"),)),
            ),
        ),
        actors=(
            Actor(
                name="Ada Brandt",
                aliases=("Mayor Brandt",),
                kind="person",
                role="Mayor",
                evidence=source.spans([3]),
                verdict=SUPPORTED,
            ),
            Actor(name="Council of Norland", kind="government_body", evidence=source.spans([1]), verdict=SUPPORTED),
        ),
        milestones=(
            Milestone(
                title="Registration of high-risk systems",
                date=PartialDate("2026-06-30"),
                date_basis="stated",
                date_role="deadline",
                date_text="by 30 June 2026",
                jurisdictions=("NO",),
                instrument="law",
                binding=True,
                status="planned",
                evidence=source.spans([4]),
                verdict=SUPPORTED,
                fields={
                    "date": SUPPORTED,
                    "status": SUPPORTED,
                    "jurisdiction": Verdict(
                        status="not_found", reasons=(Reason(code="jurisdiction_not_found", claim="NO"),)
                    ),
                },
            ),
            Milestone(
                title="The council adopted the Artificial Intelligence Act",
                date=PartialDate("2024-03-21"),
                date_basis="stated",
                date_role="event",
                instrument="law",
                binding=True,
                status="adopted",
                evidence=source.spans([1]),
                verdict=adopted,
                fields={"date": SUPPORTED, "instrument": SUPPORTED, "status": SUPPORTED, "binding": SUPPORTED},
            ),
            Milestone(title="An oversight board", status="unknown", evidence=source.spans([6]), verdict=SUPPORTED),
        ),
        rejected=(
            Rejected(
                kind="highlight",
                claim="47 members voted for the act.",
                reasons=(Reason(code="number_mismatch", claim="47 members", source="37 members"),),
                evidence=source.spans([2]),
            ),
            Rejected(
                kind="milestone",
                field="date",
                claim="An oversight board",
                reasons=(Reason(code="date_padded", claim="2025-01-01", source="2025"),),
                evidence=source.spans([6]),
            ),
        ),
        notes=(Note(code="fewer_highlights", message="2 highlights instead of 5: the text bears out no more."),),
        usage=Usage(attempts=(Attempt(call="extract", input_tokens=900, output_tokens=300),)),
        provenance=RECORDED,
    )


def arabic() -> Summary:
    """A short text from right to left."""
    source = document(
        [["أقرّ مجلس نورلاند قانون الذكاء الاصطناعي في 21 آذار/مارس 2024.", "وصوّت 37 عضوًا لصالحه."]],
        title="نورلاند تقرّ قانون الذكاء الاصطناعي",
        language="ar",
    )
    verdict = Verdict(status="supported", matches=(Match(kind="number", claim="2024", source="2024"),))
    return Summary(
        document=source,
        language="ar",
        key_points=(KeyPoint(text="أقرّ المجلس القانون في 2024.", evidence=source.spans([1]), verdict=verdict),),
        milestones=(
            Milestone(
                title="إقرار القانون",
                date=PartialDate("2024-03-21"),
                status="adopted",
                instrument="law",
                jurisdictions=("EU",),
                evidence=source.spans([1]),
                verdict=SUPPORTED,
            ),
        ),
        provenance=RECORDED,
    )
