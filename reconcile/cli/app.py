"""The commands and their options. Nothing heavy is imported before a command really runs."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    name="reconcile",
    help="各部署の提出ファイルを点検し、集約ブックを作ります。\n\n"
    "Checks the returns of departments and writes the consolidated master workbook.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Lang(StrEnum):
    """The languages of outputs and screen."""

    ja = "ja"
    en = "en"


PackOption = Annotated[
    str, typer.Option("--pack", metavar="PACK", help="様式定義の名前かフォルダ / name or folder of the pack")
]
LangOption = Annotated[
    Lang, typer.Option("--lang", envvar="RECONCILE_LANG", help="出力と画面の言語 / language of outputs and screen")
]
JobsOption = Annotated[
    int, typer.Option("--jobs", min=0, help="同時に読むファイルの数（0：おまかせ）/ files read at a time (0: as pays)")
]
StrictOption = Annotated[
    bool, typer.Option("--strict", help="要確認があれば終了コードを 1 に / warnings make the exit code 1 too")
]
PasswordsOption = Annotated[
    Path | None,
    typer.Option(
        "--password-file",
        metavar="FILE",
        help="パスワードの一覧。1 行に「部署<TAB>パスワード」か「パスワード」/ passwords, one a line",
    ),
]
LimitOption = Annotated[
    list[str] | None,
    typer.Option("--limit", metavar="NAME=N", help="読み取りの上限（例：file_bytes=200MB）/ limits of what is read"),
]
PreviousOption = Annotated[
    Path | None,
    typer.Option("--previous", metavar="DIR", help="前の回の出力フォルダ / output folder of the earlier round"),
]
AsOfOption = Annotated[
    str, typer.Option("--as-of", metavar="DATE", help="提出期限（省くと様式定義の期限）/ deadline, if not the pack's")
]
NoCacheOption = Annotated[
    bool, typer.Option("--no-cache", help="前に読んだ内容を使わずに読み直す / read everything anew")
]
ExecutorOption = Annotated[
    str, typer.Option("--executor", metavar="URL", help="dask://HOST:PORT の計算機で読む / read on a Dask cluster")
]
AllowCodeOption = Annotated[
    bool, typer.Option("--allow-code", help="様式定義の checks.py を実行する / run the pack's own checks.py")
]
JsonOption = Annotated[bool, typer.Option("--json", help="結果を JSON で / print the result as JSON")]


@app.callback(invoke_without_command=True)
def main(
    version: Annotated[bool, typer.Option("--version", help="版を表示 / show the version")] = False,
) -> None:
    if version:
        from reconcile import __version__

        print(f"reconcile {__version__}")
        raise typer.Exit


@app.command(help="提出ファイルを点検し集約する / consolidate returns")
def run(
    returns: Annotated[list[Path], typer.Argument(metavar="RETURNS...", help="ファイルかフォルダ / files and folders")],
    pack: PackOption,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="出力先のフォルダ / folder to write")],
    lang: LangOption = Lang.ja,
    jobs: JobsOption = 0,
    strict: StrictOption = False,
    password_file: PasswordsOption = None,
    limit: LimitOption = None,
    previous: PreviousOption = None,
    as_of: AsOfOption = "",
    no_cache: NoCacheOption = False,
    executor: ExecutorOption = "",
    allow_code: AllowCodeOption = False,
    as_json: JsonOption = False,
) -> None:
    from reconcile.cli.console import answering

    with answering(lang):
        from reconcile.cli.run import run_command
        from reconcile.cli.settings import Settings

        given = Settings(lang, jobs, password_file, limit or [], previous, as_of, not no_cache, executor, allow_code)
        code = run_command(pack, returns, out, given, strict, as_json)
    raise typer.Exit(code)


@app.command(help="自部署のファイルを点検する / check one's own return")
def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="提出ファイル / the return")],
    pack: PackOption,
    lang: LangOption = Lang.ja,
    strict: StrictOption = False,
    show_all: Annotated[bool, typer.Option("--all", help="同じ指摘もすべて表示 / show every finding")] = False,
    password_file: PasswordsOption = None,
    limit: LimitOption = None,
    allow_code: AllowCodeOption = False,
    as_json: JsonOption = False,
) -> None:
    from reconcile.cli.console import answering

    with answering(lang):
        from reconcile.cli.check import check_command
        from reconcile.cli.settings import Settings

        given = Settings(lang, 0, password_file, limit or [], cache=False, allow_code=allow_code)
        code = check_command(pack, files, given, strict, show_all, as_json)
    raise typer.Exit(code)


@app.command(help="記入用の様式を作る / write blank returns")
def template(
    pack: PackOption,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="出力先のフォルダ / folder to write")],
    department: Annotated[
        str | None, typer.Option("--department", metavar="D", help="この部署だけ / only for this department")
    ] = None,
    previous: Annotated[
        Path | None,
        typer.Option("--previous", metavar="DIR", help="前の回の出力から数値を入れる / figures of an earlier output"),
    ] = None,
    lang: LangOption = Lang.ja,
    as_json: JsonOption = False,
) -> None:
    from reconcile.cli.console import answering

    with answering(lang):
        from reconcile.cli.template import template_command

        template_command(pack, department, out, lang, previous, as_json)


@app.command(help="見本の提出ファイルを集約する / run on the samples")
def demo(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="出力先 / folder to write")] = Path(
        "reconcile-demo"
    ),
    lang: LangOption = Lang.ja,
) -> None:
    from reconcile.cli.console import answering

    with answering(lang):
        from reconcile.cli.demo import demo_command

        demo_command(out, lang)


@app.command(help="規則の意味と例 / what a rule means")
def explain(
    code: Annotated[
        str | None, typer.Argument(metavar="[CODE]", help="例：BAL001（省くと一覧）/ without it: all")
    ] = None,
    lang: LangOption = Lang.ja,
    as_json: JsonOption = False,
) -> None:
    from reconcile.cli.console import answering

    with answering(lang):
        from reconcile.cli.explain import explain_command

        result = explain_command(code, lang, as_json)
    raise typer.Exit(result)


@app.command(help="様式定義と提出する部署 / forms, and who owes them")
def packs(
    pack: Annotated[str | None, typer.Argument(metavar="[PACK]", help="名前かフォルダ / name or folder")] = None,
    lang: LangOption = Lang.ja,
    validate: Annotated[
        bool, typer.Option("--validate", help="様式定義の誤りを調べる / check the pack's files")
    ] = False,
    coverage: Annotated[
        bool, typer.Option("--coverage", help="点検がいくつ掛かるかを示す / how many checks cover each value")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    from reconcile.cli.console import answering

    with answering(lang):
        from reconcile.cli.packs import packs_command

        packs_command(pack, lang, validate, as_json, coverage)
