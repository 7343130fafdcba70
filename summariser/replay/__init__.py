"""Recordings at the HTTP transport: `replay` (offline), `record` (live, stored), `cache` (live, successes reused).

The transport sits below the client library, so parsing, re-asking and errors are exercised for real in replay.
`transport` imports the HTTP library and is therefore not imported here.
"""

from summariser.replay.store import Recording, ReplayMode, ReplayStore, key_of

__all__ = ["Recording", "ReplayMode", "ReplayStore", "key_of"]
