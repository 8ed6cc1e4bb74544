"""Makes the maker of the samples importable: it is no part of the package."""

import sys
from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "plan2022"
sys.path.insert(0, str(SAMPLES))
