"""``python -m benchmarks.performance.per_file FOLDER JOBS|dask://HOST:PORT``: what is done file by file, no more.

Its wall seconds are printed, those of the imports, the pack and the list of the returns before it not among them.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

if __name__ == "__main__":
    from reconcile.inputs import gather
    from reconcile.packs import load
    from reconcile.reading import HowToRead, read_returns

    folder = Path(sys.argv[1])
    returns = gather([folder / "returns"]).returns
    pack = load(str(folder / "pack"))
    where = sys.argv[2]
    how = HowToRead(jobs=int(where)) if where.isdigit() else HowToRead(executor=where)
    began = time.perf_counter()
    read_returns(pack, returns, how)
    print(time.perf_counter() - began)
