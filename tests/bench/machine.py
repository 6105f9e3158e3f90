"""The machine, named only by its cores and memory, and the versions that were measured."""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version

PACKAGES = (
    *("numpy", "numba", "shapely", "rasterio", "opencv-python-headless", "pillow"),
    *("scikit-image", "matplotlib", "scikit-learn"),
)


def cores() -> int:
    """Processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def machine() -> str:
    """Such as `2 cores, 24 GB of memory`."""
    found = cores()
    words = f"{found} core{'s' if found != 1 else ''}"
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        total = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
        words += f", {total / 2**30:.0f} GiB of memory"
    return words


def versions() -> str:
    """Of Python and of all that is measured, as far as it is there."""
    found = [f"Python {platform.python_version()}"]
    for package in PACKAGES:
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            found.append(f"{package} not there")
    return ", ".join(found)
