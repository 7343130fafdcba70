"""A call and an answer for it, as small as they can be."""

from __future__ import annotations

import json

from summariser.calls import Call
from summariser.schema import Document, DraftSummary

ANSWER = json.dumps(
    {
        "highlights": [{"text": "The council adopted the AI plan.", "ev": [1]}],
        "key_points": [],
        "actors": [{"name": "The council", "aliases": [], "kind": "government_body", "role": None, "ev": [1]}],
        "milestones": [],
    }
)
DRAFT = DraftSummary.model_validate_json(ANSWER)


def a_call(user: str = "Give 1 highlight.\n\n[1] The council adopted the AI plan.") -> Call[DraftSummary]:
    return Call(
        kind="extract",
        system="You read one article and fill in one JSON object.",
        user=user,
        draft=DraftSummary,
        document=Document(text=""),
        sentences=(1,),
    )
