"""Every file made to do harm ends in its code, in time, and the run goes on with the others."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from reconcile import messages
from reconcile.intake import read_return
from reconcile.packs import Pack, load
from tests.reliability.attacks import ATTACKS, Attack


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load("plan2022")


def test_there_are_enough_of_them() -> None:
    assert len(ATTACKS) >= 30
    assert len({attack.name for attack in ATTACKS}) == len(ATTACKS)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_an_attack_ends_in_its_code(attack: Attack, pack: Pack, tmp_path: Path) -> None:
    path = tmp_path / attack.name
    path.write_bytes(attack.make())
    assert not attack.code.startswith("FIL001") or path.stat().st_size < 5_000_000
    started = time.process_time()
    submission = read_return(path, attack.name, pack, attack.limits)
    assert time.process_time() - started < 20
    codes = [finding.code for finding in submission.findings]
    assert attack.code in codes, submission
    assert attack.reason in ("", submission.refused)
    for finding in submission.findings:
        for lang in ("ja", "en"):
            sentence = messages.render(finding, pack, lang)
            assert attack.name in sentence or finding.code == "LAY001"
            assert "―" not in sentence
