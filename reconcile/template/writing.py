"""Every template of a pack, in a folder that is written whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reconcile.packs.model import Form, Pack
from reconcile.template import block, card, cards, matrix, table
from reconcile.template.last_round import NOTHING, LastRound
from reconcile.template.page import Lists, Page
from reconcile.template.records import Known, by_sheet, records_for
from reconcile.writing.annotated.names import safe
from reconcile.writing.book import Book
from reconcile.writing.earlier import RUN_FILE, sha256
from reconcile.writing.output import output_folder
from reconcile.writing.voice import Voice

LAYOUTS: Mapping[str, Callable[[Page, list[Known]], None]] = {
    "table": table.write,
    "block": block.write,
    "matrix": matrix.write,
    "cards": cards.write,
}


@dataclass(frozen=True, slots=True)
class Templates:
    """What was written: department → file; where an earlier output was kept that somebody had changed."""

    files: Mapping[str, str]
    kept: Path | None


def write_templates(
    pack: Pack, out: Path, lang: str, departments: Sequence[str] = (), last: LastRound = NOTHING
) -> Templates:
    """Writes a blank return for each department that owes one (or for those given).

    Raises:
        OutputError: when the folder cannot be written; what stood there before is then as it was.
    """
    voice = Voice(pack, lang)
    chosen = list(departments) or list(pack.expected_departments())
    files: dict[str, str] = {}
    with output_folder(out) as building:
        for department in chosen:
            name = safe(department) + ".xlsx"
            write_template(building.folder / name, pack, voice, department, last)
            files[department] = name
        _record(building.folder, pack, files)
    return Templates(files, building.kept)


def write_template(path: Path, pack: Pack, voice: Voice, department: str, last: LastRound = NOTHING) -> None:
    """One department's blank return."""
    book = Book(path, pack.printed(pack.file.title), voice.word("long"), str(voice.word("goes_on")))
    lists = Lists(book, voice.word("template_lists"))

    def page_of(form: Form, told: Mapping[str, str]) -> Page:
        return Page(pack, form, voice, book, book.sheet(pack.printed(form.name)), lists, told=told)

    card.write(page_of(pack.cover, {}), department)
    for name in pack.forms_expected_of(department):
        form = pack.forms[name]
        for told, records in by_sheet(form, records_for(pack, form, department, last)):
            LAYOUTS[form.layout](page_of(form, told), records)
    book.close()


def _record(folder: Path, pack: Pack, files: Mapping[str, str]) -> None:
    """By this a later writing knows what is its own, and a run knows that these are no returns."""
    import reconcile

    record = {
        "program": "reconcile",
        "version": reconcile.__version__,
        "pack": {"name": pack.name, "hash": pack.digest},
        "templates": dict(files),
        "outputs": {path.name: sha256(path) for path in sorted(folder.iterdir())},
    }
    text = json.dumps(record, ensure_ascii=False, indent=2) + "\n"
    (folder / RUN_FILE).write_text(text, encoding="utf-8", newline="\n")
