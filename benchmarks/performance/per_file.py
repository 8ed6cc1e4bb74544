"""``python -m benchmarks.performance.per_file FOLDER JOBS``: what is done file by file, and nothing else."""

from __future__ import annotations

import sys
from pathlib import Path

from reconcile.inputs import gather
from reconcile.packs.load import load
from reconcile.reading import HowToRead, read_returns

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    returns = gather([folder / "returns"]).returns
    read_returns(load(str(folder / "pack")), returns, HowToRead(jobs=int(sys.argv[2])))
