"""Writes anew what must come out of the samples: ``make golden``. The difference is read before it is committed.

For each set of returns of each pack that has samples: ``samples/<pack>/expected/<set>/findings.jsonl`` and
``facts.csv``, exactly as ``reconcile run`` writes them.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from reconcile.packs import load
from reconcile.pipeline import Options, run

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
KEPT = ("findings.jsonl", "facts.csv")


def sets() -> Iterator[tuple[str, Path]]:
    """Pack and folder of every set of sample returns."""
    for folder in sorted(SAMPLES.glob("*/returns*")):
        if folder.is_dir():
            yield folder.parent.name, folder


def expected(folder: Path) -> Path:
    """Where a set's expectation lies."""
    return folder.parent / "expected" / folder.name


def produce(pack: str, folder: Path, out: Path) -> None:
    """Runs one set into ``out``, as the command does."""
    run(load(pack), [folder], out, Options(jobs=1))


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        for pack, folder in sets():
            out = Path(scratch) / pack / folder.name
            produce(pack, folder, out)
            expected(folder).mkdir(parents=True, exist_ok=True)
            for name in KEPT:
                shutil.copyfile(out / name, expected(folder) / name)
                print(expected(folder) / name)


if __name__ == "__main__":
    main()
