"""Write the sample returns of plan2022.

python samples/plan2022/make.py                              both sample folders and planted.csv, in place
python samples/plan2022/make.py --variant NAME --out DIR     the clean figures in one layout variation
python samples/plan2022/make.py --variant NAME --faults --out DIR
"""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from making.asking import main  # noqa: E402
from plan2022.making.collections import write_returns, write_samples  # noqa: E402
from plan2022.making.layouts import VARIATIONS  # noqa: E402

if __name__ == "__main__":
    main("plan2022", HERE, VARIATIONS, write_samples, write_returns)
