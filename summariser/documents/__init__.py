"""From a source to a `Document`: its text, its sentences with exact offsets, its facts, and what is wrong with it.

`read` takes whatever people have, `read_text` and `read_bytes` what a caller already holds, `gate` says what speaks
against a document. `plain` is the readable form of a sentence's raw text.
"""

from summariser.documents.gating import Finding, GateMode, gate
from summariser.documents.normalise import plain
from summariser.documents.sources import read, read_bytes
from summariser.documents.text import Facts, read_text

__all__ = ["Facts", "Finding", "GateMode", "gate", "plain", "read", "read_bytes", "read_text"]
