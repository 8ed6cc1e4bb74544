"""Write the sample returns of plan2022.

python samples/plan2022/make.py                              both sample folders and planted.csv, in place
python samples/plan2022/make.py --variant NAME --out DIR     the clean figures in one layout variation
python samples/plan2022/make.py --variant NAME --faults --out DIR
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from plan2022.making.collections import write_returns, write_samples  # noqa: E402
from plan2022.making.layouts import VARIATIONS  # noqa: E402


def main() -> None:
    """Read the command line, write the workbooks."""
    parser = argparse.ArgumentParser(description="Write the sample returns of plan2022.")
    parser.add_argument("--variant", choices=sorted(VARIATIONS), help="one layout variation for every department")
    parser.add_argument("--faults", action="store_true", help="with the planted faults (and planted.csv)")
    parser.add_argument("--out", type=Path, default=HERE, help="folder to write into (default: beside this file)")
    asked = parser.parse_args()
    if asked.variant:
        write_returns(asked.out, asked.variant, asked.faults)
    else:
        write_samples(asked.out)


if __name__ == "__main__":
    main()
