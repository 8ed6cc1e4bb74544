"""Reads departments' returns, checks them, and consolidates them into a master workbook.

    from pathlib import Path

    import reconcile

    pack = reconcile.load_pack("plan2022")
    result = reconcile.check(pack, [Path("returns")])
    errors = [finding for finding in result.findings if finding.severity == "error"]

What is offered here is loaded when it is first asked for (PEP 562): importing the package costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reconcile.consolidate import Consolidated
    from reconcile.findings import Finding
    from reconcile.packs import Pack, PackError
    from reconcile.packs.load import load as load_pack
    from reconcile.pipeline import CannotRun, Options, check, run

__version__ = "0.1.0"

_OFFERED = {
    "CannotRun": ("reconcile.pipeline", "CannotRun"),
    "Consolidated": ("reconcile.consolidate", "Consolidated"),
    "Finding": ("reconcile.findings", "Finding"),
    "Options": ("reconcile.pipeline", "Options"),
    "Pack": ("reconcile.packs", "Pack"),
    "PackError": ("reconcile.packs", "PackError"),
    "check": ("reconcile.pipeline", "check"),
    "load_pack": ("reconcile.packs", "load"),
    "run": ("reconcile.pipeline", "run"),
}

__all__ = [
    "CannotRun",
    "Consolidated",
    "Finding",
    "Options",
    "Pack",
    "PackError",
    "__version__",
    "check",
    "load_pack",
    "run",
]


def __getattr__(name: str) -> object:
    if name not in _OFFERED:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, attribute = _OFFERED[name]
    value = getattr(import_module(module), attribute)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_OFFERED})
