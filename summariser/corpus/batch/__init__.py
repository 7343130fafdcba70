"""Many documents through the Batch API of an OpenAI-compatible server, at half the price of live requests.

A run lies in a folder beside its output (``out.jsonl.batch/``) and is taken further by one command at a time:
`submit` sends what documents ask first, `collect` finishes those that have their answers and sends what the others
ask next (re-asks, repairs, what expired), `status` looks, `cancel` stops. Each can be killed at any moment and run
again; what was sent is never sent twice.
"""

from summariser.corpus.batch.operations import cancel, collect, status, submit
from summariser.corpus.batch.results import BatchLine, Collected, Counts, Status, Submitted, Used

__all__ = ["BatchLine", "Collected", "Counts", "Status", "Submitted", "Used", "cancel", "collect", "status", "submit"]
