"""How well sentence boundaries are found, on a set split by hand: news and legal prose in four languages.

`boundaries/<language>.txt` holds one sentence a line and a blank line between paragraphs; a line that ends in a
backslash is joined to the next without a space, as on pages where the space is missing. The convention: sentences
inside a quotation are sentences; a quotation and its "he said" belong together; the number of an article or a
paragraph opens its first sentence, and a heading that runs into the text ("Sec. 4. Scope.") stands with its number;
clauses listed after a colon or a dash are one sentence with what announces them; an ellipsis ends a sentence only where
a new one begins.

A boundary is a place between two sentences of one paragraph: paragraph ends are given and do not count.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from summariser.documents import read_text

FOLDER = Path(__file__).parent / "boundaries"


@dataclass(frozen=True, slots=True)
class Figures:
    """Boundaries by hand (`n`), found rightly, found beside them; `wrong` shows the text around each error."""

    n: int
    right: int
    extra: int
    wrong: tuple[str, ...] = ()

    @property
    def precision(self) -> float:
        found = self.right + self.extra
        return self.right / found if found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.n if self.n else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.n + self.right + self.extra) if self.n else 0.0


def run(folder: Path = FOLDER) -> dict[str, Figures]:
    """Figures by language, and of all of them together under "all"."""
    by_language = {path.stem: score(path.read_text("utf-8"), path.stem) for path in sorted(folder.glob("*.txt"))}
    parts = list(by_language.values())
    wrong = tuple(line for part in parts for line in part.wrong)
    total = Figures(sum(p.n for p in parts), sum(p.right for p in parts), sum(p.extra for p in parts), wrong)
    return {**by_language, "all": total}


def score(split_by_hand: str, language: str) -> Figures:
    """The figures of one hand-split text."""
    paragraphs = [part.strip().split("\n") for part in split_by_hand.split("\n\n") if part.strip()]
    text, wanted, inner = _joined(paragraphs)
    document = read_text(text, language=language, gate="off")
    found = {sentence.end for sentence in document.sentences} & inner
    errors = [f"missed: {_around(text, at)}" for at in sorted(wanted - found)]
    errors += [f"extra:  {_around(text, at)}" for at in sorted(found - wanted)]
    return Figures(len(wanted), len(wanted & found), len(found - wanted), tuple(errors))


def _joined(paragraphs: list[list[str]]) -> tuple[str, set[int], set[int]]:
    """The text, the boundaries in it, and every offset that is not a paragraph's end."""
    text = ""
    wanted: set[int] = set()
    ends: set[int] = set()
    for lines in paragraphs:
        for line in lines:
            text += line.rstrip("\\")
            wanted.add(len(text))
            text += "" if line.endswith("\\") else " "
        text = text.rstrip()
        wanted.discard(len(text))
        ends.add(len(text))
        text += "\n\n"
    return text, wanted, set(range(len(text))) - ends


def _around(text: str, at: int) -> str:
    return f"{text[max(0, at - 30) : at]} ¦ {text[at : at + 30]}".replace("\n", " ")


def main() -> None:
    """Print the figures and every error."""
    for language, figures in run().items():
        shares = f"precision {figures.precision:.3f}  recall {figures.recall:.3f}  F1 {figures.f1:.3f}"
        print(f"{language:4} n={figures.n:<4} {shares}")
        for line in figures.wrong if language != "all" else ():
            print("   ", line)


if __name__ == "__main__":
    main()
