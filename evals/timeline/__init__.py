"""The judge of the ledger: sets of articles that tell of the same things, and the ledger that a reader would keep."""
