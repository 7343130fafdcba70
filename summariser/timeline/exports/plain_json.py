"""The ledger as JSON, to be read back with `Ledger.model_validate_json`."""

from __future__ import annotations

import json

from summariser.timeline.exports.selecting import View


def plain_json(view: View) -> str:
    """The ledger; compared with an earlier one, an object of `since`, `changes`, `gone` and `ledger`."""
    if view.changes is None:
        return view.ledger.model_dump_json(indent=2)
    whole = {
        "since": view.since,
        "changes": view.changes.model_dump(mode="json"),
        "gone": [entry.model_dump(mode="json") for entry in view.gone],
        "ledger": view.ledger.model_dump(mode="json"),
    }
    return json.dumps(whole, indent=2, ensure_ascii=False)
