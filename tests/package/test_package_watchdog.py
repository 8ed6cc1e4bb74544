"""Work on a file that takes too long is ended, and only then."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from reconcile.package import Limits, Refused, watchdog, within


def spin() -> None:
    while True:
        pass


def spin_for(seconds: float) -> Callable[[], str]:
    def spinning() -> str:
        started = time.process_time()
        while time.process_time() - started < seconds:
            pass
        return "done"

    return spinning


class Deaf:
    """Whatever is raised in its destructor is lost."""

    def __del__(self) -> None:
        spin_for(0.6)()


def let_go_and_spin() -> None:
    for _ in range(2):
        Deaf()
    spin()


@pytest.mark.parametrize("work", [spin, let_go_and_spin])
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_work_without_end_is_ended(work: Callable[[], None]) -> None:
    started = time.process_time()
    with pytest.raises(Refused) as caught:
        within(Limits(seconds=0.2), started, work)
    assert (caught.value.reason, caught.value.data) == ("time", {"limit": 0})
    assert time.process_time() - started < 5


def test_a_watch_that_has_gone_to_sleep_wakes_for_the_next_work(monkeypatch: pytest.MonkeyPatch) -> None:
    watch = watchdog._Watch()
    monkeypatch.setattr(watchdog, "_WATCH", watch)
    monkeypatch.setattr(watchdog, "_LONG_REST", 0.01)
    within(Limits(), time.process_time(), lambda: None)
    given_up = time.monotonic() + 60
    while watch._rest and time.monotonic() < given_up:
        time.sleep(0.01)
    assert watch._rest == 0.0
    time.sleep(0.05)  # from saying so to sleeping
    with pytest.raises(Refused):
        within(Limits(seconds=0.2), time.process_time(), spin)


def test_what_waits_uses_no_time() -> None:
    within(Limits(seconds=0.1), time.process_time(), lambda: time.sleep(0.3))


def test_what_was_raised_in_it_comes_out() -> None:
    with pytest.raises(KeyError):
        within(Limits(), time.process_time(), lambda: {}["x"])


def test_ended_in_the_last_moment_nothing_is_raised_later() -> None:
    came = set()
    for _ in range(300):
        try:
            came.add(within(Limits(seconds=0.001), time.process_time(), spin_for(0.001)))
        except Refused as refused:
            came.add(refused.reason)
        sum(range(300))
    assert came <= {"done", "time"}


def test_the_time_before_counts() -> None:
    with pytest.raises(Refused):
        within(Limits(seconds=1.0), time.process_time() - 1.0, spin)
