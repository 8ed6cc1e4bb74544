"""Where the returns are read makes no difference to what is read: here, in processes, by any executor, on a cluster."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import replace
from multiprocessing import get_all_start_methods
from pathlib import Path

import pytest

from reconcile import reading
from reconcile.packs import Pack
from reconcile.pipeline import CannotRun, Options, check, run
from reconcile.reading import HowToRead, read_returns
from reconcile.submissions import Submission
from reconcile.workers import each

Returns = tuple[tuple[Path, str], ...]


def said(pack: Pack, returns: Returns, how: HowToRead) -> list[Submission]:
    return [replace(submission, seconds={}) for submission in read_returns(pack, returns, how)]


@pytest.fixture
def here(pack: Pack, faulty: Returns) -> list[Submission]:
    return said(pack, faulty, HowToRead(jobs=1))


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is read here beside the processes."""
    monkeypatch.setattr(reading, "each", lambda *given: each(*given[:4]))


@pytest.mark.usefixtures("elsewhere")
def test_several_processes_say_the_same_in_the_same_order(pack: Pack, faulty: Returns, here: list[Submission]) -> None:
    assert said(pack, faulty, HowToRead(jobs=3)) == here


def test_beside_other_processes_returns_are_read_here(
    pack: Pack, faulty: Returns, here: list[Submission], monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    read_here = reading._read

    def noted(pack: Pack, path: Path, name: str, *more: object) -> Submission:
        read.append(name)
        return read_here(pack, path, name, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(reading, "_read", noted)
    assert said(pack, faulty, HowToRead(jobs=2)) == here
    assert read
    assert read == [name for _, name in faulty if name in read]


def loaded_by(*modules: str) -> set[str]:
    """The distributions that a fresh process has loaded after importing some modules."""
    code = f"import sys, {', '.join(modules)}; print(*(name.partition('.')[0] for name in sys.modules))"
    return set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())


def test_a_process_that_reads_loads_what_reading_needs() -> None:
    # The command line's own module is imported by each process that starts anew from the installed command.
    loaded = loaded_by("reconcile.reading", "reconcile.intake", "reconcile.__main__")
    assert "numpy" in loaded
    unneeded = {"pandas", "pandera", "typer", "rich", "xlsxwriter", "openpyxl", "ruamel", "rapidfuzz", "distributed"}
    assert loaded & unneeded == set()


@pytest.mark.usefixtures("elsewhere")
@pytest.mark.parametrize("method", get_all_start_methods())
def test_however_processes_are_started(
    method: str, pack: Pack, faulty: Returns, here: list[Submission], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reconcile.workers._start_method", lambda: method)
    assert said(pack, faulty[:6], HowToRead(jobs=2)) == here[:6]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="the system does not tell of all threads")
def test_only_a_process_of_a_single_thread_is_copied() -> None:
    code = """if True:
        from threading import Event, Thread
        from reconcile import reading, intake, workers
        alone, over = workers._start_method(), Event()
        Thread(target=over.wait).start()
        print(alone, workers._start_method())
        over.set()
    """
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}  # as the program itself does
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.split() == ["fork", "spawn"]


class Deadly(type(Path())):  # type: ignore[misc]
    """A path that ends the process it is sent to."""

    def __reduce__(self) -> tuple[object, ...]:
        return signal.raise_signal, (signal.SIGTERM,)


def test_a_process_that_ends_while_returns_are_read_here_too_loses_none(
    pack: Pack, faulty: Returns, here: list[Submission]
) -> None:
    (path, name), *others = faulty  # the first part is handed over, and later ones are read here
    deadly, *found = said(pack, ((Deadly(path), name), *others), HowToRead(jobs=2))
    assert deadly.refused == "process_ended"
    assert found == here[1:]


@pytest.mark.usefixtures("elsewhere")
def test_a_return_that_ends_its_process_is_refused_and_no_other(
    pack: Pack, faulty: Returns, here: list[Submission]
) -> None:
    middle = len(faulty) // 2
    deadly = (*faulty[:middle], (Deadly(faulty[middle][0]), "deadly.xlsx"), *faulty[middle:])
    found = said(pack, deadly, HowToRead(jobs=2))
    (finding,) = found.pop(middle).findings
    assert (finding.code, finding.variant, finding.ref.file) == ("FIL001", "process_ended", "deadly.xlsx")
    assert found == here


def test_any_executor_will_do(pack: Pack, faulty: Returns, here: list[Submission]) -> None:
    with ThreadPoolExecutor(2) as executor:
        assert said(pack, faulty, HowToRead(executor=executor)) == here


def test_progress_counts_what_has_been_read(pack: Pack, faulty: Returns) -> None:
    told: list[int] = []
    with ThreadPoolExecutor(2) as executor:
        read_returns(pack, faulty, HowToRead(executor=executor), told.append)
    assert told == sorted(told)
    assert told[-1] == len(faulty)


def test_what_has_been_read_before_makes_no_difference(
    pack: Pack, faulty: Returns, here: list[Submission], tmp_path: Path
) -> None:
    for jobs in (1, 2, 1):
        assert said(pack, faulty, HowToRead(jobs=jobs, kept=tmp_path)) == here


@pytest.mark.parametrize(("size", "processes"), [(10, 1), (reading.WORTH_BYTES // 2, 2)])
def test_more_processes_are_started_where_that_pays(
    size: int, processes: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    returns = [(tmp_path / f"{number}.xlsx", f"{number}.xlsx") for number in range(2)]
    for path, _ in returns:
        path.write_bytes(bytes(size))
    assert reading._jobs(0, returns) == processes
    assert reading._jobs(5, returns) == 2
    assert reading._jobs(0, [(tmp_path / "gone.xlsx", "gone.xlsx")]) == 1


class Counting(ThreadPoolExecutor):
    """Notes how much work is handed over and not yet taken."""

    handed = 0


def test_no_more_is_handed_over_than_is_soon_taken() -> None:
    with Counting(2) as executor:
        submit = executor.submit

        def counted(*given: object) -> object:
            Counting.handed += 1
            return submit(*given)  # type: ignore[arg-type]

        executor.submit = counted  # type: ignore[method-assign, assignment]
        for number, found in enumerate(each(abs, [(-n,) for n in range(50)], executor, 4)):
            assert found == number
            assert Counting.handed <= number + 4


def test_what_is_made_here_takes_its_place_among_what_others_make() -> None:
    asked: list[int] = []

    def made_here(number: int) -> int:
        asked.append(number)
        return abs(number)

    with ThreadPoolExecutor(2) as executor:
        assert list(each(abs, [(-n,) for n in range(50)], executor, 4, made_here)) == list(range(50))
    assert asked[0] == -4  # those before it were under way
    assert asked == sorted(asked, reverse=True)


@pytest.mark.parametrize(("returns", "count"), [(1, 2), (17, 2), (1000, 2), (1000, 8), (5, 8)])
def test_parts_become_smaller_so_that_the_last_are_done_together(returns: int, count: int) -> None:
    sizes = reading._sizes(returns, count)
    assert sum(sizes) == returns
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] <= reading.LARGEST_PART
    assert sizes[-count:] == [1] * min(count, len(sizes))


@pytest.mark.parametrize(
    ("address", "key"), [("ftp://x", "no_executor"), ("dask://", "no_executor"), ("dask://127.0.0.1:1", "no_answer")]
)
def test_a_cluster_that_is_none_is_said(
    address: str, key: str, pack: Pack, faulty: Returns, monkeypatch: pytest.MonkeyPatch
) -> None:
    if key == "no_answer":
        pytest.importorskip("distributed", reason="Dask is not installed")
        monkeypatch.setattr("reconcile.workers.SECONDS_TO_ANSWER", 1)
    with pytest.raises(CannotRun) as raised:
        check(pack, [path for path, _ in faulty[:1]], Options(executor=address))
    assert raised.value.key == key


@pytest.fixture
def cluster() -> Iterator[tuple[str, list[int]]]:
    """A cluster of two workers: its address, and the processes of the workers."""
    distributed = pytest.importorskip("distributed", reason="Dask is not installed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50
    ) as cluster:
        yield (
            cluster.scheduler_address.replace("tcp://", "dask://"),
            [worker.pid for worker in cluster.workers.values()],
        )


def test_a_cluster_says_the_same(
    cluster: tuple[str, list[int]], pack: Pack, faulty: Returns, here: list[Submission]
) -> None:
    assert said(pack, faulty, HowToRead(executor=cluster[0])) == here


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system ends processes in another way")
def test_a_worker_that_is_killed_on_the_way_loses_nothing(
    cluster: tuple[str, list[int]], pack: Pack, faulty: Returns, here: list[Submission]
) -> None:
    address, processes = cluster
    told: list[int] = []

    def kill_one(done: int) -> None:
        if not told:
            os.kill(processes[0], signal.SIGKILL)
        told.append(done)

    found = read_returns(pack, faulty, HowToRead(executor=address), kill_one)
    assert [replace(submission, seconds={}) for submission in found] == here
    assert told[0] < len(faulty)


def test_an_executor_is_not_ended(pack: Pack, faulty: Returns) -> None:
    executor: Executor = ThreadPoolExecutor(1)
    read_returns(pack, faulty[:1], HowToRead(executor=executor))
    assert executor.submit(abs, -1).result() == 1
    executor.shutdown()


def test_the_outputs_are_the_same_byte_for_byte(pack: Pack, faulty: Returns, tmp_path: Path) -> None:
    """However many processes read, and whether the returns were read before."""
    folder = faulty[0][0].parent
    ways = (Options(jobs=1), Options(jobs=2, kept=tmp_path / "kept"), Options(jobs=1, kept=tmp_path / "kept"))
    outputs = []
    for number, options in enumerate(ways):
        out = tmp_path / str(number)
        run(pack, [folder], out, options)
        record = json.loads((out / "run.json").read_text("utf-8"))
        del record["seconds"]  # the one thing that no two runs have alike
        (out / "run.json").write_text(json.dumps(record))
        outputs.append({path.relative_to(out): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()})
    assert outputs[0] == outputs[1] == outputs[2]
