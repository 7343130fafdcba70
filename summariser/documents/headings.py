"""Which blocks are headings by their own form, and which have the look of one."""

from __future__ import annotations

import re

from summariser.documents.blocks import Block, ends_sentence

_LEGAL_HEADING = re.compile(
    r"(?:article|art\.?|section|sec\.?|§|chapter|part|title|annex|appendix|schedule|recital|chapitre|titre|annexe|partie|"
    r"artículo|sección|capítulo|título|anexo|disposición|artikel|kapitel|anhang|abschnitt|المادة|مادة|الفصل|الباب|القسم|الملحق)"
    r"\s(?:\d{1,4}|[ivxlc]{1,7}\b|[a-z]\b|one|two|three|first|premier|première|primero|الأول|الأولى|الثاني|الثانية|الثالث|الثالثة)[\w°º.()-]{0,12}",
    re.IGNORECASE,
)


def level(block: Block) -> int | None:
    """The level of a block that is a heading by its own form, or None: `#`, underline, "Article 5", ALL CAPITALS."""
    if block.shape == "heading":
        return block.level
    text = block.text.strip()
    if block.shape == "row" or "\n" in text or block.words > 14 or len(text) > 110:
        return None
    legal = _LEGAL_HEADING.match(text)
    if legal:
        rest = text[legal.end() :].strip(" .:–—-")
        if not rest or (len(rest.split()) <= 12 and not ends_sentence(rest) and not rest[0].islower()):
            return 1 if text[:1].upper() in "CPTB" or text.split()[0].casefold() in ("annex", "annexe", "anexo") else 2
    letters = [character for character in text if character.isalpha()]
    capitals = len(letters) >= 4 and all(character.isupper() for character in letters)
    if capitals and block.shape == "text" and not text.endswith((".", "?", "!", ";")):
        return 2
    return None


def may_be(block: Block) -> bool:
    """Whether a block has the look of a heading, so that one that stands before a paragraph is taken for it."""
    text = block.text.strip()
    if block.shape == "row" or "\n" in text or block.words > 12 or len(text) > 90 or ends_sentence(text):
        return text.endswith(":") and block.words <= 3
    if block.shape == "item":
        return re.match(r"\d{1,2}[.)]\s+[^\W\d_a-z]", text) is not None and block.words <= 9
    return not text[0].islower() and re.search(r"\s[|·•]\s", text) is None
