"""Write the sample returns of districts2022.

python samples/districts2022/make.py                              both sample folders and planted.csv, in place
python samples/districts2022/make.py --variant NAME --out DIR     the clean figures in one layout variation
python samples/districts2022/make.py --variant NAME --faults --out DIR
"""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from districts2022.making.collections import write_returns, write_samples  # noqa: E402
from districts2022.making.layouts import VARIATIONS  # noqa: E402
from making.asking import main  # noqa: E402

if __name__ == "__main__":
    main("districts2022", HERE, VARIATIONS, write_samples, write_returns)
