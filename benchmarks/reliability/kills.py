"""Kills runs at random moments: `python -m benchmarks.reliability.kills [COUNT] [SEED]` (not on Windows).

An output stands already. Each run over other returns is killed (SIGKILL, the process and all it started) at a moment
drawn from the length of a run, or from that of its writing. What stands afterwards must be the earlier output to the
byte, or a whole new one: the files that its run.json lists, with their hashes, and no other.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from reconcile.packs import Pack, load
from reconcile.pipeline import Options, run
from reconcile.writing.earlier import RUN_FILE, listed, sha256

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "plan2022"
Files = dict[str, str]


def files_of(folder: Path) -> Files:
    return {path.relative_to(folder).as_posix(): sha256(path) for path in folder.rglob("*") if path.is_file()}


def is_whole(folder: Path) -> bool:
    """Whether the folder holds exactly what its run.json lists."""
    found = files_of(folder)
    return found.pop(RUN_FILE, None) is not None and found == listed(folder)


class Killing:
    """Runs that replace one another's output in `folder` / out."""

    def __init__(self, folder: Path, files: int) -> None:
        self.pack: Pack = load("plan2022")
        self.out = folder / "out"
        self.returns = {
            name: sorted((SAMPLES / name).glob("*.xlsx"))[:files] for name in ("returns", "returns-with-errors")
        }
        self.turn = "returns"
        self.seconds, self.writing = 0.0, 0.0

    def run(self, tell: Callable[[str], None] = lambda _: None) -> None:
        """One run to its end; `tell` hears when the writing begins."""

        def progress(stage: str, done: int, _: int) -> None:
            if (stage, done) == ("write", 0):
                tell(stage)

        run(self.pack, self.returns[self.turn], self.out, Options(jobs=1, progress=progress))

    def prepare(self) -> None:
        """The first output, and how long a run and its writing take."""
        for _ in range(2):
            started = time.monotonic()
            told: list[float] = []
            self.run(lambda _, told=told: told.append(time.monotonic()))  # type: ignore[misc]
            self.seconds = time.monotonic() - started
            self.writing = time.monotonic() - told[0]
        self.turn = "returns-with-errors"

    def kill_one(self, chance: random.Random) -> str:
        """Kills one run: "earlier" or "new" is what stands then, "neither" the fault; "ended" if it came too late."""
        before = files_of(self.out)
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.setpgid(0, 0)
            os.close(reading)
            try:
                self.run(lambda _: os.write(writing, b"w") and None)
            finally:
                os._exit(0)
        os.close(writing)
        try:
            if chance.random() < 0.75:
                os.read(reading, 1)
                time.sleep(chance.random() * self.writing * 1.1)
            else:
                time.sleep(chance.random() * self.seconds)
            os.kill(child, signal.SIGKILL)
            _, status = os.waitpid(child, 0)
        finally:
            os.close(reading)
        now = files_of(self.out) if self.out.is_dir() else {}
        if now == before:
            return "earlier"
        if self.out.is_dir() and is_whole(self.out):
            # The next ones are to replace this with the other again.
            self.turn = next(name for name in self.returns if name != self.turn)
            return "new" if os.WIFSIGNALED(status) else "ended"
        return "neither"


def kill(count: int, seed: int, folder: Path, files: int = 14) -> Counter[str]:
    """What stood after each of so many kills."""
    killing = Killing(folder, files)
    killing.prepare()
    chance = random.Random(seed)
    stood = Counter(killing.kill_one(chance) for _ in range(count))
    # A run after all these makes good whatever they have left beside.
    killing.run()
    assert is_whole(killing.out)
    assert [path.name for path in folder.iterdir()] == ["out"], list(folder.iterdir())
    return stood


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        stood = kill(count, seed, Path(folder))
    print(json.dumps({"kills": count, **stood, "seconds": round(time.monotonic() - started)}))
    return 1 if stood["neither"] else 0


if __name__ == "__main__":
    sys.exit(main())
