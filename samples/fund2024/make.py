"""Write the sample returns of fund2024.

python samples/fund2024/make.py                              both sample folders and planted.csv, in place
python samples/fund2024/make.py --variant NAME --out DIR     the clean figures in one layout variation
python samples/fund2024/make.py --variant NAME --faults --out DIR
"""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from fund2024.making.collections import write_returns, write_samples  # noqa: E402
from fund2024.making.layouts import VARIATIONS  # noqa: E402
from making.asking import main  # noqa: E402

if __name__ == "__main__":
    main("fund2024", HERE, VARIATIONS, write_samples, write_returns)
