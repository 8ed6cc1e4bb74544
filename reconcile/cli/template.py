"""``reconcile template``: blank returns, made from a pack."""

from __future__ import annotations

import json
from pathlib import Path

from reconcile.cli.console import console, said
from reconcile.cli.settings import find_pack
from reconcile.packs import Pack
from reconcile.pipeline import CannotRun


def template_command(
    pack_name: str, department: str | None, out: Path, lang: str, previous: Path | None, as_json: bool
) -> None:
    """Writes the templates, and says where they are.

    Raises:
        CannotRun: for a department that the pack does not know or that owes nothing, for a folder that is no output
            of an earlier round, for an output that cannot be written.
    """
    from reconcile.template import write_templates
    from reconcile.template.last_round import NOTHING, read_last_round
    from reconcile.writing.output import OutputError

    pack = find_pack(pack_name)
    chosen = [_department(pack, department)] if department else []
    try:
        last = read_last_round(previous) if previous else NOTHING
    except (OSError, ValueError):
        raise CannotRun("no_previous", path=str(previous)) from None
    try:
        written = write_templates(pack, out, lang, chosen, last)
    except OutputError as wrong:
        raise CannotRun(wrong.key, **wrong.data) from None
    if as_json:
        kept = str(written.kept) if written.kept else None
        print(json.dumps({"out": str(out), "files": dict(written.files), "kept": kept}, ensure_ascii=False, indent=2))
        return
    screen = console()
    screen.print(said("said", "templates", lang, folder=str(out), count=len(written.files)))
    for file in written.files.values():
        screen.print(f"  {out / file}")
    if written.kept is not None:
        screen.print(said("said", "kept", lang, folder=str(written.kept)))


def _department(pack: Pack, given: str) -> str:
    """The pack's name of a department; folded, or one of its other names."""
    from reconcile.normalise import fold_name

    owing = pack.expected_departments()
    names = {fold_name(n): d.name for d in pack.departments if d.name in owing for n in (d.name, *d.also)}
    if fold_name(given) not in names:
        from rapidfuzz import process

        nearest = process.extractOne(fold_name(given), list(names))
        raise CannotRun("no_department", department=given, nearest=names[nearest[0]] if nearest else "―")
    return names[fold_name(given)]
