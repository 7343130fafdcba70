"""What documents use, from the recordings: the expectations that ``summarise --dry-run`` works with.

``python -m evals.usage`` prints the fit and how near it comes; ``--write`` puts it into the package.
"""

from __future__ import annotations

import math
import statistics
import sys
from dataclasses import dataclass
from pathlib import Path

from evals.cases import Case, load_cases
from summariser.replay import ReplayStore

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "summariser" / "corpus" / "_data" / "usage.toml"
RECORDINGS = ROOT / "evals" / "recordings" / "pipeline"
ENVELOPE = 260
"""Characters of a request around its messages and its schema."""


@dataclass(frozen=True)
class Used:
    """One recorded case: tokens as its server told them, by kind of call."""

    case: Case
    extract: tuple[int, int]
    repair: tuple[int, int] | None
    repair_user: int


def recorded(recordings: Path = RECORDINGS) -> list[Used]:
    """The usage of every case that has recordings."""
    found = []
    for case in load_cases():
        folder = recordings / case.slug
        if not folder.is_dir():
            continue
        extract, repair, user = (0, 0), None, 0
        for recording in ReplayStore(folder).recordings():
            request, response = recording.request, recording.response
            assert isinstance(request, dict)
            assert isinstance(response, dict)
            usage = response["usage"]
            tokens = (int(usage["prompt_tokens"]), int(usage["completion_tokens"]))  # type: ignore[call-overload, index, arg-type]
            if request["response_format"]["json_schema"]["name"] == "DraftRepair":  # type: ignore[call-overload, index]
                repair, user = tokens, len(request["messages"][1]["content"])  # type: ignore[call-overload, index, arg-type]
            else:
                extract = (extract[0] + tokens[0], extract[1] + tokens[1])
        found.append(Used(case, extract, repair, user))
    return found


def fit(used: list[Used]) -> dict[str, float]:
    """Output grows as a power of the text's length (least squares of the logarithms, scaled to the true sum)."""
    sizes = [sum(len(s.text) for s in one.case.document.sentences) for one in used]
    x, y = [math.log(size) for size in sizes], [math.log(one.extract[1]) for one in used]
    exponent = statistics.linear_regression(x, y).slope
    scale = sum(one.extract[1] for one in used) / sum(size**exponent for size in sizes)
    repairs = [one for one in used if one.repair]
    return {
        "envelope": ENVELOPE,
        "output_scale": round(scale, 4),
        "output_exponent": round(exponent, 4),
        "repair_share": round(len(repairs) / len(used), 4),
        "repair_user": round(statistics.mean(one.repair_user for one in repairs), 1) if repairs else 0.0,
        "repair_output": round(statistics.mean(one.repair[1] for one in repairs if one.repair), 1) if repairs else 0.0,
        "point": 190.0,
        "points_a_part": 8.0,
        "compose_output": 300.0,
    }


def main() -> int:
    used = recorded()
    found = fit(used)
    lines = [f"{name} = {value}" for name, value in found.items()]
    text = (
        f"# Expectations of a document's usage, from {len(used)} recorded cases by `python -m evals.usage --write`.\n"
        "# Tokens are 4 characters; `envelope`, `point` and `repair_user` are characters. The three values for long\n"
        "# documents (point, points_a_part, compose_output) are the prompt's own limits: no recorded case is so long.\n"
    )
    print("\n".join(lines))
    if "--write" in sys.argv:
        TARGET.write_text(text + "\n".join(lines) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
