"""What the figures were measured on: no host name, no paths."""

from __future__ import annotations

import datetime as dt
import os
import platform
from pathlib import Path


def machine() -> dict[str, str]:
    """Date, cores, CPU model, memory, system and Python."""
    return {
        "date": dt.datetime.now(dt.UTC).date().isoformat(),
        "CPU": f"{_model()}, {os.cpu_count()} cores",
        "memory": _memory(),
        "system": f"{platform.system()} {platform.machine()}",
        "Python": platform.python_version(),
    }


def _model() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown"
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _memory() -> str:
    try:
        size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError):
        return "unknown"
    return f"{size / 2**30:.0f} GB"
