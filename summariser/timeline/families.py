"""Kinds of instrument that writers use for one another."""

from __future__ import annotations

from summariser.schema import Instrument

FAMILIES: dict[Instrument, str] = {
    "law": "law",
    "regulation": "law",
    "directive": "law",
    "executive_order": "order",
    "treaty": "treaty",
    "agreement": "treaty",
    "resolution": "declaration",
    "declaration": "declaration",
    "guidance": "soft",
    "standard": "soft",
    "voluntary_commitment": "soft",
    "strategy": "strategy",
    "programme": "strategy",
    "institution": "body",
    "enforcement": "enforcement",
    "funding": "funding",
    "consultation": "consultation",
    "event": "event",
}
"""Kinds that writers use for one another; `other` has no family and fits with all."""
