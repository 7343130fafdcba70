"""The report: one self-contained HTML file, no network, readable on a phone, printable."""

from evals.report.page import page

__all__ = ["page"]
