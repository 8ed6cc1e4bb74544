"""``python -m benchmarks.performance.per_file FOLDER JOBS|dask://HOST:PORT SECONDS``: what is done file by file alone.

All is read anew and kept for the next run, as ``reconcile run`` does it. Its wall seconds are written to the file
``SECONDS``; the imports, the pack and the list of the returns come before it.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the program itself does

if __name__ == "__main__":
    from reconcile.inputs import gather
    from reconcile.package import collector_paused
    from reconcile.packs import load
    from reconcile.reading import HowToRead, read_returns

    folder = Path(sys.argv[1])
    returns = gather([folder / "returns"]).returns
    pack = load(str(folder / "pack"))
    where = sys.argv[2]
    with tempfile.TemporaryDirectory() as scratch:
        kept = Path(scratch)
        how = HowToRead(jobs=int(where), kept=kept) if where.isdigit() else HowToRead(executor=where, kept=kept)
        began = time.perf_counter()
        with collector_paused():
            read_returns(pack, returns, how)
        Path(sys.argv[3]).write_text(str(time.perf_counter() - began))
