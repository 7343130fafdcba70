"""Sets that a program writes: bills of many countries, told by articles that differ and err as they are told to.

Everything is drawn from one seed. A date is given to the day, as a month or not at all, and now and then it is wrong,
as are counts; persons go by title and surname or without their accents, and some share a name; bodies go by their
letters; titles and sentences are paraphrased; the instrument is sometimes another. The labels know what was done.
"""

from evals.timeline.stress.write import sets

__all__ = ["sets"]
