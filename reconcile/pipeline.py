"""The way through: read → locate → extract → normalise → validate → check → localise → consolidate → write.

This is the one module that knows the order. Each stage takes plain data and gives plain data and findings.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from reconcile.consolidate import Consolidated
from reconcile.findings import Finding, Tally, identify, sort_key
from reconcile.inputs import NoInput, gather
from reconcile.package import Limits, collector_paused
from reconcile.packs.model import Pack
from reconcile.source_files import SourceFiles
from reconcile.submissions import Submission, over_merged

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from reconcile.facts import Facts
    from reconcile.rules.previous import Previous

Progress = Callable[[str, int, int], None]


def no_progress(stage: str, done: int, total: int) -> None:
    """Says nothing."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to run: ``jobs`` processes (0: as many as there are cores), ``passwords`` by department or file (under ""
    those of nobody in particular).

    ``previous`` is the folder of the outputs of the earlier round (HIS); ``as_of`` the last day for returns, in the
    place of the pack's deadline (SUB003). ``kept`` is the folder of what was read in earlier runs (None: everything is
    read); ``executor`` reads the returns in the place of processes of this machine: any of ``concurrent.futures``, or
    the address of a Dask cluster (``dask://HOST:PORT``), whose workers must see the returns under the same paths.
    ``allow_code``: the pack's own ``checks.py`` is run, where it has one.
    """

    lang: str = "ja"
    jobs: int = 0
    passwords: Mapping[str, Sequence[str]] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    progress: Progress = no_progress
    previous: Path | None = None
    as_of: date | None = None
    kept: Path | None = None
    executor: Executor | str | None = None
    allow_code: bool = False


class CannotRun(Exception):
    """Nothing was done. ``key`` and ``data`` say why, for a sentence in the reader's language."""

    def __init__(self, key: str, **data: object) -> None:
        self.key = key
        self.data = data
        super().__init__(f"{key} {data}")


def run(pack: Pack, inputs: Sequence[Path], out: Path | None, options: Options | None = None) -> Consolidated:
    """Reads, checks and consolidates the returns, and writes the outputs to ``out`` (None: writes nothing).

    An earlier output there that somebody has changed is kept beside; ``kept`` of the answer says where.

    Raises:
        CannotRun: no such input, no workbook among them, or an output that cannot be written.
    """
    options = options or Options()
    clock = Clock()
    if out is not None:
        _check_output(out)
    previous = _earlier_round(options.previous)
    try:
        found = gather(inputs, out)
    except NoInput as wrong:
        raise CannotRun("no_such_input", path=str(wrong.path)) from None
    if not found.returns:
        raise CannotRun("no_workbooks", path=", ".join(str(path) for path in inputs))
    sources = SourceFiles(found.returns, options.limits)
    with collector_paused():
        submissions, facts = _collected(pack, found.returns, options, clock)
        run = _judge(pack, submissions, facts, found.skipped, clock, options, previous, sources)
        if out is not None:
            with clock.stage("write"):
                run = replace(run, kept=_write(run, out, options, sources))
    return run


def check(pack: Pack, inputs: Sequence[Path], options: Options | None = None) -> Consolidated:
    """What :func:`run` finds, with nothing written."""
    return run(pack, inputs, None, options)


@dataclass
class Clock:
    """Seconds of each stage, for run.json."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        started = time.perf_counter()
        yield
        self.seconds[name] = round(self.seconds.get(name, 0.0) + time.perf_counter() - started, 4)


# read → locate → extract → normalise: each file for itself, on as many processes as pay


def _collected(
    pack: Pack, returns: Sequence[tuple[Path, str]], options: Options, clock: Clock
) -> tuple[list[Submission], Facts]:
    """The returns without their values, and the values of all of them: they are not held twice."""
    with clock.stage("read"):
        submissions = _read(pack, returns, options)
    from reconcile.facts import FactColumns, collect
    from reconcile.repeats import settle_repeats

    with clock.stage("collect"):
        submissions = settle_repeats(submissions)
        facts = collect((s.department, s.file, s.columns) for s in submissions if not s.outside)
        nothing = FactColumns()
        return [replace(submission, columns=nothing) for submission in submissions], facts


def _read(pack: Pack, returns: Sequence[tuple[Path, str]], options: Options) -> list[Submission]:
    from reconcile.reading import HowToRead, read_returns
    from reconcile.workers import NoExecutor

    how = HowToRead(options.jobs, options.passwords, options.limits, options.kept, options.executor)
    try:
        return read_returns(pack, returns, how, lambda done: options.progress("read", done, len(returns)))
    except NoExecutor as wrong:
        raise CannotRun(wrong.key, **wrong.data) from None


def _earlier_round(folder: Path | None) -> Previous | None:
    if folder is None:
        return None
    from reconcile.rules.previous import NoPrevious, read_previous

    try:
        return read_previous(folder)
    except NoPrevious:
        raise CannotRun("no_previous", path=str(folder)) from None


# validate → check → localise → consolidate: all returns at once


def _judge(
    pack: Pack,
    submissions: Sequence[Submission],
    facts: Facts,
    skipped: Sequence[tuple[str, str]],
    clock: Clock,
    options: Options,
    previous: Previous | None,
    sources: SourceFiles,
) -> Consolidated:
    import numpy as np

    from reconcile.acceptance import accept
    from reconcile.balances import judge
    from reconcile.consolidate import answers, conserved
    from reconcile.localisation import localise
    from reconcile.record_names import with_record_names
    from reconcile.rules import judge_all
    from reconcile.rules.balance_findings import balance_findings
    from reconcile.rules.basis import find_bases
    from reconcile.rules.context import Confrontation, Outcome
    from reconcile.tallies import reading_tallies
    from reconcile.validate import validate

    options.progress("check", 0, 1)
    due = facts.coded("slot").among(slot for form in pack.forms.values() for slot in form.required_slots())
    due &= facts.coded("level").says("record")
    findings = [finding for s in submissions for finding in s.findings]
    tallies: dict[str, Tally] = {}
    with clock.stage("validate"):
        validated = validate(pack, facts)
        findings += validated.findings
        _count(tallies, validated.tallies)
    with clock.stage("check"):
        bases = find_bases(pack, facts)
        findings += bases.findings
        everything = np.ones(len(facts), dtype=bool)
        data = Confrontation(
            pack, facts, tuple(submissions), due, everything, bases.basis, previous, options.as_of or pack.deadline
        )
        whole = Outcome(findings)
        for code, outcome in judge_all(data, deciding=True):
            whole.extend(outcome)
            _count(tallies, {code: outcome.tally(code)})
        data = replace(data, accepted=accept(facts, submissions, findings, pack.cover.form, pack.hosts))
        for code, outcome in judge_all(data, deciding=False, own=options.allow_code):
            whole.extend(outcome)
            _count(tallies, {code: outcome.tally(code)})
        judged = judge(whole.balances, facts, due)
        balanced = balance_findings(data, whole.balances, judged)
        _count(tallies, balanced.tallies)
        _count(tallies, reading_tallies(pack, submissions, facts, findings))
    options.progress("check", 1, 1)
    with clock.stage("localise"):
        found = identified(pack, findings + balanced.findings)
        located = localise(
            data,
            found,
            whole.balances,
            judged,
            whole.edits,
            whole.asking,
            whole.doubts,
            sources,
            partial(options.progress, "explain"),
        )
        _count(tallies, {code: Tally(unjudged=n) for code, n in Counter(u.code for u in located.unchecked).items()})
    with clock.stage("consolidate"):
        named = with_record_names(pack, facts, located.findings)
        return Consolidated(
            pack=pack,
            facts=facts,
            accepted=data.accepted,
            submissions=tuple(submissions),
            findings=tuple(in_reading_order(over_merged(named, submissions), pack, submissions)),
            tallies=tallies,
            unjudged=(*whole.unjudged, *balanced.unjudged, *located.unchecked),
            balances=whole.balances,
            judged=judged,
            balance_findings=located.of_balance,
            answers=answers(data, located.findings),
            conserved=conserved(data),
            provisional=not data.complete,
            skipped=tuple(skipped),
            seconds=clock.seconds,
        )


def in_reading_order(findings: Sequence[Finding], pack: Pack, submissions: Sequence[Submission]) -> list[Finding]:
    """Department by department as the pack lists them, file by file, sheet by sheet as they lie in the workbook."""
    departments = {department.name: number for number, department in enumerate(pack.departments)}
    sheets = {(s.file, sheet): number for s in submissions for number, sheet in enumerate(s.sheets)}

    def order(finding: Finding) -> tuple[object, ...]:
        ref = finding.ref
        return (
            departments.get(finding.department, len(departments)),
            ref.file,
            sheets.get((ref.file, ref.sheet), -1),
            *sort_key(finding),
        )

    return sorted(findings, key=order)


def identified(pack: Pack, findings: Sequence[Finding]) -> list[Finding]:
    """The findings with the severity the catalogue or the pack gives their codes, sorted, each with its id."""
    from reconcile.catalogue import severity_of

    graded = {code: severity_of(code, pack.file.severity) for code in {f.code for f in findings}}
    return identify((replace(f, severity=graded[f.code]) for f in findings), pack.name)


def _count(tallies: dict[str, Tally], more: Mapping[str, Tally]) -> None:
    for code, tally in more.items():
        tallies.setdefault(code, Tally()).add(tally)


# write


def _check_output(out: Path) -> None:
    from reconcile.writing.output import OutputError, check

    try:
        check(out)
    except OutputError as wrong:
        raise CannotRun(wrong.key, **wrong.data) from None


def _write(run: Consolidated, out: Path, options: Options, sources: SourceFiles) -> Path | None:
    from reconcile.writing import write
    from reconcile.writing.output import OutputError

    try:
        return write(run, out, options.lang, options.progress, sources, options.kept)
    except OutputError as wrong:
        raise CannotRun(wrong.key, **wrong.data) from None
