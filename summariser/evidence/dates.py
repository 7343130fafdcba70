from summariser.evidence.dates_find import find_dates
from summariser.evidence.dates_resolve import DateMention

__all__ = ["DateMention", "find_dates"]
