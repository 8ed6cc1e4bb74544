"""Writes anew what must come out of the samples: ``make golden``. The difference is read before it is committed.

For each set of returns of each pack that has samples: ``samples/<pack>/expected/<set>/findings.jsonl`` and
``facts.csv``, exactly as ``reconcile run`` writes them. Where a pack has the returns of an earlier round, what
``--previous`` with the outputs of that round says of ``returns`` stands in ``returns-after-earlier``.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from reconcile.packs import Pack, load
from reconcile.pipeline import Options, run

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
KEPT = ("findings.jsonl", "facts.csv")
EARLIER, AFTER = "returns-earlier", "returns-after-earlier"


def sets() -> Iterator[tuple[str, Path]]:
    """Pack and folder of every set of sample returns."""
    for folder in sorted(SAMPLES.glob("*/returns*")):
        if folder.is_dir():
            yield folder.parent.name, folder


def expected(folder: Path) -> Path:
    """Where a set's expectation lies."""
    return folder.parent / "expected" / folder.name


def produce(pack: str, folder: Path, out: Path) -> None:
    """Runs one set into ``out``, as the command does; the earlier round with the pack as it was for that round."""
    run(earlier(load(pack)) if folder.name == EARLIER else load(pack), [folder], out, Options(jobs=1))


def earlier(pack: Pack) -> Pack:
    """The pack as it was in the round before: its covers spoke of another round."""
    expect = {**pack.file.expect, "round": "令和4年度中間"}
    return replace(pack, file=pack.file.model_copy(update={"expect": expect}))


def produce_after(folder: Path, out: Path) -> None:
    """Runs the returns that follow an earlier round, with that round's outputs as they are kept."""
    run(load(folder.parent.name), [folder.parent / "returns"], out, Options(jobs=1, previous=expected(folder)))


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        for pack, folder in sets():
            out = Path(scratch) / pack / folder.name
            produce(pack, folder, out)
            expected(folder).mkdir(parents=True, exist_ok=True)
            for name in KEPT:
                shutil.copyfile(out / name, expected(folder) / name)
                print(expected(folder) / name)
            if folder.name == EARLIER:
                produce_after(folder, out.with_name(AFTER))
                after = expected(folder).with_name(AFTER)
                after.mkdir(exist_ok=True)
                shutil.copyfile(out.with_name(AFTER) / KEPT[0], after / KEPT[0])
                print(after / KEPT[0])


if __name__ == "__main__":
    main()
