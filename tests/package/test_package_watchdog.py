"""Work on a file that takes too long is ended, and only then."""

from __future__ import annotations

import time

import pytest

from reconcile.package import Limits, Refused, within


def spin() -> None:
    while True:
        pass


def test_work_without_end_is_ended() -> None:
    started = time.process_time()
    with pytest.raises(Refused) as caught, within(Limits(seconds=0.2), started):
        spin()
    assert (caught.value.reason, caught.value.data) == ("time", {"limit": 0})
    assert time.process_time() - started < 5


def test_what_waits_uses_no_time() -> None:
    with within(Limits(seconds=0.1), time.process_time()):
        time.sleep(0.3)


def test_what_was_raised_in_it_comes_out() -> None:
    with pytest.raises(KeyError), within(Limits(), time.process_time()):
        raise KeyError


def test_ended_in_the_last_moment_nothing_is_raised_later() -> None:
    ended = 0
    for _ in range(300):
        started = time.process_time()
        try:
            with within(Limits(seconds=0.001), started):
                while time.process_time() - started < 0.001:
                    pass
        except Refused:
            ended += 1
        sum(range(300))
    assert 0 <= ended <= 300


def test_the_time_before_counts() -> None:
    with pytest.raises(Refused), within(Limits(seconds=1.0), time.process_time() - 1.0):
        spin()
