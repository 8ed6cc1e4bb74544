"""``python -m benchmarks.performance.per_file FOLDER JOBS``: what is done file by file, and nothing else."""

from __future__ import annotations

import sys
from pathlib import Path

from reconcile.inputs import gather
from reconcile.packs.load import load
from reconcile.pipeline import Options, read_returns

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    options = Options(jobs=int(sys.argv[2]))
    read_returns(load(str(folder / "pack")), gather([folder / "returns"]).returns, options)
