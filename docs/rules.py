"""Writes docs/rules.md and docs/rules.ja.md: every rule with its cases, as ``reconcile explain`` prints them.

    python docs/rules.py        (or: make docs)

A test holds the files against the catalogue, and another one runs the cases.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from reconcile import catalogue
from reconcile.catalogue.pages import Page, Sheet, page, word
from reconcile.findings import column_letters

DOCS = Path(__file__).resolve().parent
NAMES = {"en": "rules.md", "ja": "rules.ja.md"}
BEGINNING = {
    "en": """# The rules

What every code of the catalogue means, with a return that fails it, the corrected one that passes, and one that cannot
be judged. What is shown here is run: a test writes each case as workbooks, sends them through the whole way and holds
the outcome against this page. A cell that a finding names is **bold**. The forms are those of a small pack made for
practice; `reconcile explain CODE` prints the same. Japanese: [rules.ja.md](rules.ja.md).

This file is written by `make docs`.
""",
    "ja": """# 規則

一覧のすべてのコードについて、意味と、指摘になる例、直した例、判定できない例を示します。ここにある例は、実際に動かして確かめています
（例のとおりのブックを作って点検し、結果をこのページと比べるテストがあります）。**太字**のセルが、指摘の示すセルです。様式は練習用の小さな
様式定義のものです。`reconcile explain コード` でも同じ内容を表示します。英語：[rules.md](rules.md)。

このファイルは `make docs` で作ります。
""",
}
LANGUAGES = {".csv": "csv", ".py": "python"}
HEADINGS = {"en": "| code | | says |", "ja": "| コード | | 内容 |"}


def text(lang: str) -> str:
    """The whole file in one language."""
    pages = [page(code, lang) for code in catalogue.codes()]
    severity = {code: catalogue.term("severity", catalogue.entry(code).severity, lang) for code in catalogue.codes()}
    lines = [BEGINNING[lang], HEADINGS[lang], "|---|---|---|"]
    lines += [f"| [{one.code}](#{one.code.lower()}) | {severity[one.code]} | {one.title} |" for one in pages]
    for one in pages:
        lines += ["", *_page(one, lang)]
    return "\n".join(lines) + "\n"


def _page(one: Page, lang: str) -> Iterator[str]:
    yield f"## {one.code}"
    yield ""
    yield f"**{one.title}** ({one.severity})" if lang == "en" else f"**{one.title}**（{one.severity}）"
    yield ""
    yield one.meaning
    for case in one.cases:
        yield from ("", f"### {case.heading}")
        for paragraph in (one.unjudged if case.outcome == "unjudged" else "", case.note):
            if paragraph:
                yield from ("", paragraph)
        for sheet in case.sheets:
            yield from ("", *_sheet(sheet))
        yield from ("", f"→ {case.result}")
    yield from ("", f"### {word('declared', lang)}", "")
    if one.declared:
        yield from ("```yaml", *one.declared.splitlines(), "```")
    elif not one.files:
        yield word("always", lang)
    for name, content in one.files:
        yield from ("", f"`{name}`", "", f"```{LANGUAGES[Path(name).suffix]}", *content.splitlines(), "```")


def _sheet(sheet: Sheet) -> Iterator[str]:
    """A table whose header line holds the letters of the columns."""
    width = max(map(len, sheet.rows))
    yield from (sheet.caption, "")
    yield "| | " + " | ".join(column_letters(column + 1) for column in range(width)) + " |"
    yield "|---" * (width + 1) + "|"
    for number, row in enumerate(sheet.rows):
        texts = [
            f"**{cell}**" if (number, column) in sheet.marked else cell.replace("\\n", "<br>")
            for column, cell in enumerate(row)
        ]
        yield f"| {number + 1} | " + " | ".join(texts) + " |"


def main() -> None:
    for lang, name in NAMES.items():
        (DOCS / name).write_text(text(lang), encoding="utf-8", newline="\n")
        print(DOCS / name)


if __name__ == "__main__":
    main()
