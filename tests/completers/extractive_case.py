"""Documents and answers for the tests of the extractive engine; the texts are ours and invented."""

from __future__ import annotations

import re

from summariser.calls import Call
from summariser.completers.extractive import ExtractiveCompleter
from summariser.schema import Document, DraftSummary, PartialDate, Sentence


def document(text, title=None, language="en", published=None):
    """A document of which each line of the text is a sentence and each empty line ends a paragraph."""
    sentences = []
    paragraph = 0
    for found in re.finditer(r"[^\n]+|\n{2,}", text):
        if found.group().strip():
            sentences.append(
                Sentence(number=len(sentences) + 1, start=found.start(), end=found.end(), paragraph=paragraph)
            )
        else:
            paragraph += 1
    day = PartialDate(published) if published else None
    return Document(text=text, sentences=tuple(sentences), title=title, language=language, published=day)


def extract(text, *, highlights=5, **facts) -> DraftSummary:
    made = document(text, **facts)
    numbers = tuple(sentence.number for sentence in made.sentences)
    call = Call("extract", "", "", DraftSummary, made, numbers, highlights=highlights)
    return ExtractiveCompleter().complete(call).draft


NEWS = """\
NAIROBI, 12 June 2025 - Kenya's President Amina Otieno signed the Artificial Intelligence Act on Thursday, making the \
country the first in the region with a binding law on the technology.
The law will enter into force on 1 January 2026 and creates a National AI Authority.

The National Assembly passed the bill in May by 203 votes to 41, after the Senate had approved it in April.
Senator Karen Wekesa, who sponsored the measure, said it would protect workers whose pay is decided by algorithms.
"No driver should lose a day's income to a score that nobody can explain," she told reporters.

The Act bans real-time facial recognition in public places, except where a judge has approved it for a search.
Providers of high-risk systems must register with the Authority by 30 June 2026 and publish a summary of their data.
Small firms with fewer than 20 employees are exempt for three years.

Digital-rights groups welcomed the law but warned of gaps.
"The exemption for national security is as wide as a barn door," said Grace Mutiso, a research fellow at the Coast \
Institute.
The Kenya Business Alliance (KBA), a lobby group, argued that registration fees could drive start-ups to Rwanda.

The African Union adopted its Continental AI Strategy in July 2024, and Rwanda published a national AI policy in April \
2023.
However, Uganda is expected to table its own bill in the third quarter of 2025."""
NEWS_FACTS = {"title": "Kenya signs AI law after two years of debate", "published": "2025-06-12"}
