"""Articles written for the tests."""

from __future__ import annotations

NEWS = """Valdoria sets up an office for machine decisions

By Ines Okafor

PORT ELAN, 14 May 2025 — Valdoria's parliament voted on Tuesday to establish an Office for Automated Decisions. The office will employ 35 inspectors and can fine companies up to 4 million crowns.

Deputy Mara Lindqvist, who chairs the technology committee, said the law was overdue. Companies must register their systems by 1 March 2026.

Opposition leader Teo Brandt called the fines too low. Brandt did not vote for the bill. The National Chamber of Commerce warned that small firms may leave the country. In April 2025 the government published a strategy for artificial intelligence.
"""  # noqa: E501

PASTED = """AI

Harbour Towns Agree on Rules for Machine Pilots

Staff Desk
Staff Desk

3 min

Five harbour towns signed a pact on machine pilots.

The pact asks for a human on every bridge.

Insurers welcomed the rules.

The pact starts in January 2026.

Unions want more inspectors.

Five harbour towns on the northern coast signed a pact on machine pilots in June 2025. The pact requires a trained human on the bridge of every ship that an automatic pilot steers into port. Mayor Ada Holt of Port Elan said that the towns had learnt from an accident in 2023.

Read next

The Harbour Insurers' Association welcomed the rules. The pact enters into force on 1 January 2026. The Seafarers' Union asked for 40 more inspectors, and the mayors promised to talk about it in the autumn.

Read next
"""  # noqa: E501
