"""The command line of a maker: `make.py` of each collection."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from pathlib import Path


def main(
    pack: str,
    here: Path,
    variations: Iterable[str],
    write_samples: Callable[[Path], None],
    write_returns: Callable[[Path, str, bool], None],
) -> None:
    """Read the command line, write the workbooks."""
    parser = argparse.ArgumentParser(description=f"Write the sample returns of {pack}.")
    parser.add_argument("--variant", choices=sorted(variations), help="one layout variation for every department")
    parser.add_argument("--faults", action="store_true", help="with the planted faults (and planted.csv)")
    parser.add_argument("--out", type=Path, default=here, help="folder to write into (default: beside make.py)")
    asked = parser.parse_args()
    if asked.variant:
        write_returns(asked.out, asked.variant, asked.faults)
    else:
        write_samples(asked.out)
