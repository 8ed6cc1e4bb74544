"""Results as tables of docs/performance.md, each with the machine, the versions and the command."""

from __future__ import annotations

import os
import platform
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from benchmarks.performance.comparisons import Line

LIBRARIES = ("reconcile", "python-calamine", "XlsxWriter", "pandas", "pandera", "openpyxl", "typer")
HEADINGS = {
    "start": "Start-up",
    "reader": "Reader",
    "W1": "W1: 1,000 returns of 3 sheets × 50 rows × 14 columns",
    "slips": "W1 with two slips a sheet",
    "jobs": "Processes",
    "cluster": "Cluster",
    "rerun": "Run again",
    "W2": "W2: 10 returns of 50,000 rows",
    "W3": "W3: one return of 500,000 rows",
    "growth": "Growth",
}


def result_of(name: str, lines: Sequence[Line], full: bool, pairs: int) -> dict[str, Any]:
    """All that a table says."""
    command = f"python -m benchmarks.performance --only {name} --pairs {pairs}{' --full' if full else ''} --write"
    return {
        "name": name,
        "full": full,
        "command": command,
        "day": date.today().isoformat(),
        "machine": f"{_processor()}, {os.cpu_count()} processors, {_memory()} GB, {platform.system()}",
        "versions": ", ".join((f"Python {platform.python_version()}", *_versions())),
        "lines": [asdict(line) for line in lines],
    }


def printed(result: Mapping[str, Any]) -> str:
    """A table in Markdown."""
    size = "whole size" if result["full"] else "a tenth of the size"
    rows = [
        f"`{result['command']}` ({result['day']}; {size}; {result['machine']}; {result['versions']})",
        "",
        "| | wanted | CPU | wall | memory | CPU s | wall s | memory MB | pairs |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for line in result["lines"]:
        ratio = line["ratio"]
        if ratio is None:
            rows.append(f"| {line['what']} | {line['wanted']} | {line['note']} | | | | | | |")
            continue
        ours, theirs = ratio["ours"], ratio["theirs"]
        rows.append(
            f"| {line['what']} | {line['wanted']} | {ratio['cpu']:.3g} | {ratio['wall']:.3g} | {ratio['memory']:.3g} "
            f"| {ours['cpu']:.2f} / {theirs['cpu']:.2f} | {ours['wall']:.2f} / {theirs['wall']:.2f} "
            f"| {ours['memory'] / 1e6:.0f} / {theirs['memory'] / 1e6:.0f} | {ratio['pairs']} |"
        )
    return "\n".join(rows) + "\n"


def put_into(document: Path, result: Mapping[str, Any]) -> None:
    """Replaces the table between the marks of its name; a document without them gets it at its end."""
    begin, end = f"<!-- {result['name']} -->", f"<!-- /{result['name']} -->"
    text = document.read_text("utf-8")
    block = f"{begin}\n{printed(result)}{end}"
    pattern = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    if pattern.search(text):
        text = pattern.sub(lambda _: block, text)
    else:
        text += f"\n### {HEADINGS[result['name']]}\n\n{block}\n"
    document.write_text(text, "utf-8")


def _versions() -> list[str]:
    found = []
    for name in LIBRARIES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return found


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    if told.exists():
        names = re.findall(r"model name\s*: (.*)", told.read_text())
        if names:
            return str(names[0])
    return platform.processor() or sys.platform


def _memory() -> int:
    try:
        return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9)
    except (ValueError, OSError, AttributeError):
        return 0
