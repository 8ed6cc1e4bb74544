"""``python -m benchmarks.performance.per_file FOLDER JOBS|dask://HOST:PORT``: what is done file by file, no more."""

from __future__ import annotations

import sys
from pathlib import Path

from reconcile.inputs import gather
from reconcile.packs.load import load
from reconcile.reading import HowToRead, read_returns

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    returns = gather([folder / "returns"]).returns
    where = sys.argv[2]
    how = HowToRead(jobs=int(where)) if where.isdigit() else HowToRead(executor=where)
    read_returns(load(str(folder / "pack")), returns, how)
