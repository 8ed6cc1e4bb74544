"""Help comes at once, and a console that lacks a character does not stop the program."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import reconcile

ROOT = Path(reconcile.__file__).parents[1]
EMPTY_APP = """
import typer
app = typer.Typer()
@app.command()
def main() -> None: ...
app()
"""
TIMES = 7


def run(*args: str, code: int = 0, **settings: str) -> subprocess.CompletedProcess[bytes]:
    done = subprocess.run(
        [sys.executable, *args], capture_output=True, cwd=ROOT, env={**os.environ, **settings}, check=False
    )
    assert done.returncode == code, done.stderr.decode(errors="replace")
    return done


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="the system does not tell the time of a child")
def test_help_takes_hardly_longer_than_an_empty_typer_app(tmp_path: Path) -> None:
    empty = tmp_path / "empty.py"
    empty.write_text(EMPTY_APP)

    def seconds(*args: str) -> float:
        with Path(os.devnull).open("wb") as nowhere:
            process = subprocess.Popen([sys.executable, *args], stdout=nowhere, cwd=ROOT)
            _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == 0
        return used.ru_utime + used.ru_stime

    # The smallest of several: whatever else the machine does only adds to them.
    pairs = [(seconds(str(empty), "--help"), seconds("-m", "reconcile", "--help")) for _ in range(TIMES)]
    nothing, ours = (min(times) for times in zip(*pairs, strict=True))
    assert ours <= 1.3 * nothing, (ours, nothing)


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\nbefore = {*sys.modules}\nfrom reconcile.cli.app import app\n"
        "try:\n    app(['run', '--help'])\nexcept SystemExit: pass\n"
        "print(*sorted({name.partition('.')[0] for name in {*sys.modules} - before}), file=sys.stderr)"
    )
    loaded = set(run("-c", code).stderr.decode().split())
    # pydantic is not among them: typer itself reads options with it.
    heavy = {"pandas", "numpy", "pandera", "ruamel", "openpyxl", "xlsxwriter", "rapidfuzz", "multiprocessing"}
    assert loaded & heavy == set()


def test_checking_a_return_in_which_every_value_fits_loads_neither_pandas_nor_pandera() -> None:
    """They take longer to load than a return takes to check."""
    (given, *_) = sorted((ROOT / "samples" / "districts2022" / "returns").iterdir())
    code = (
        "import sys\nfrom reconcile.cli.app import app\n"
        f"try:\n    app(['check', '--pack', 'districts2022', {str(given)!r}])\nexcept SystemExit: pass\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    loaded = set(run("-c", code).stderr.decode().split())
    assert "numpy" in loaded
    assert loaded & {"pandas", "pandera", "xlsxwriter", "openpyxl"} == set()


def test_importing_the_package_loads_nothing_of_it() -> None:
    code = "import sys, reconcile; print(*(name for name in sys.modules if name.startswith('reconcile')))"
    assert run("-c", code).stdout.decode().split() == ["reconcile"]


def test_the_public_names_are_there_and_no_other() -> None:
    assert {name: getattr(reconcile, name) is not None for name in reconcile.__all__} == dict.fromkeys(
        reconcile.__all__, True
    )
    assert set(reconcile.__all__) <= set(dir(reconcile))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = reconcile.nothing  # type: ignore[attr-defined]


def test_the_version() -> None:
    assert run("-m", "reconcile", "--version").stdout.decode().split() == ["reconcile", reconcile.__version__]


def test_a_console_without_a_character_shows_a_question_mark() -> None:
    done = run("-m", "reconcile", "explain", "t-CO₂𠮷", code=2, PYTHONIOENCODING="cp932")
    assert "「t-CO??」という規則はありません。" in done.stderr.decode("cp932")


@pytest.mark.skipif(os.name == "nt", reason="pipes close otherwise there")
def test_a_closed_pipe_is_no_traceback() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "reconcile", "explain"], stdout=writer, stderr=subprocess.PIPE, cwd=ROOT, check=False
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (141, b"")


def test_what_is_left_at_the_end_is_not_searched_for_cycles() -> None:
    """What was registered first is asked last."""
    code = (
        "import atexit, gc, sys\n"
        "atexit.register(lambda: print(gc.get_freeze_count(), file=sys.stderr))\n"
        "from reconcile.__main__ import main\nsys.argv = ['reconcile', '--help']\nmain()"
    )
    assert int(run("-c", code).stderr) > 1_000


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="the system does not list threads")
@pytest.mark.skipif((os.cpu_count() or 1) == 1, reason="the library has a thread for each further core")
def test_no_thread_waits_for_linear_algebra() -> None:
    (given, *_) = sorted((ROOT / "samples" / "districts2022" / "returns").iterdir())
    code = (
        "import atexit, os, sys, threading\n"
        "def tell():\n"
        "    strangers = len(os.listdir('/proc/self/task')) - threading.active_count()\n"
        "    print('numpy' in sys.modules, strangers, file=sys.stderr)\n"
        "atexit.register(tell)\n"
        f"sys.argv = ['reconcile', 'check', '--pack', 'districts2022', {str(given)!r}]\n"
        "from reconcile.__main__ import main\nmain()"
    )
    assert run("-c", code).stderr.decode().splitlines()[-1] == "True 0"


def test_what_a_command_loads_is_hardly_searched_for_cycles() -> None:
    """Everything that is loaded stays."""
    (given, *_) = sorted((ROOT / "samples" / "districts2022" / "returns").iterdir())
    code = (
        "import atexit, gc, sys\n"
        "atexit.register(lambda: print(sum(each['collections'] for each in gc.get_stats()) - before, file=sys.stderr))\n"
        "before = sum(each['collections'] for each in gc.get_stats())\n"
        f"sys.argv = ['reconcile', 'check', '--pack', 'districts2022', {str(given)!r}]\n"
        "from reconcile.__main__ import main\nmain()"
    )
    assert int(run("-c", code).stderr.decode().splitlines()[-1]) < 20
