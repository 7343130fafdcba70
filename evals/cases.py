"""The hand-labelled cases: an article, what is known about it, and the article as the package reads it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from evals.labels import Labels, article_path, load_labels
from evals.locate import Locator

if TYPE_CHECKING:
    from summariser.evidence import Context
    from summariser.schema import Document

HERE = Path(__file__).parent
CASES = HERE / "cases"


class NoSuchCaseError(ValueError):
    """A case was asked for that does not exist."""


@dataclass(frozen=True)
class Case:
    """One case. `document` is read as a caller would, with the publication date of the labels."""

    slug: str
    folder: Path
    labels: Labels

    @property
    def language(self) -> str:
        return self.labels.facts.language

    @cached_property
    def document(self) -> Document:
        from summariser.documents import read

        return read(article_path(self.folder), published=self.labels.published)

    @cached_property
    def context(self) -> Context:
        """What the verifier is told of the whole document, as the plan tells it."""
        from summariser.plan import Checker

        return Checker(self.document).context

    def support(self, sentences: Iterable[int]) -> str:
        """The words of these sentences, as the verifier sees them."""
        from summariser.documents import plain

        return " ".join(plain(span.quote) for span in self.document.spans(sorted(sentences)))

    @cached_property
    def locator(self) -> Locator:
        return Locator(self.document)


def load_cases(folder: Path = CASES, slugs: Iterable[str] = ()) -> list[Case]:
    """The cases of a folder in the order of their names, or those with the given slugs.

    Raises `NoSuchCaseError` for an unknown slug and `ValueError` with every fault of every label file.
    """
    if not any(folder.glob("*/labels.yaml")):
        raise NoSuchCaseError(f"no cases in {folder}: a case is a folder with labels.yaml and an article")
    wanted = list(dict.fromkeys(slugs))
    there = sorted(path.parent.name for path in folder.glob("*/labels.yaml"))
    unknown = [slug for slug in wanted if slug not in there]
    if unknown:
        raise NoSuchCaseError(f"no such case in {folder.name}/: {', '.join(unknown)}")
    found: list[Case] = []
    faults: list[str] = []
    for slug in wanted or there:
        try:
            found.append(Case(slug, folder / slug, load_labels(folder / slug)))
        except ValueError as error:
            faults.append(str(error))
    if faults:
        raise ValueError("\n".join(faults))
    return found
