"""What cannot be done is said in one clear sentence, in the reader's language, with exit code 2, and nothing is written."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import reconcile as package
from reconcile import catalogue
from tests.cli.commands import CLEAN, Said

Run = Callable[..., Said]


def one_sentence(said: Said) -> str:
    assert (said.code, said.out) == (2, "")
    lines = said.err.splitlines()
    assert len(lines) == 1, said.err
    return lines[0]


@pytest.mark.parametrize(
    ("lang", "files"), [("ja", "a.txt、b.txt、c.txt など 4 個"), ("en", "such as a.txt, b.txt, c.txt")]
)
def test_a_folder_with_other_files_names_some(reconcile: Run, tmp_path: Path, lang: str, files: str) -> None:
    for name in "abcd":
        (tmp_path / f"{name}.txt").write_text("")
    said = reconcile("run", "--pack", "plan2022", CLEAN, "--out", tmp_path, "--lang", lang)
    assert files in one_sentence(said)


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("ja", "「{}」が見つかりません。ファイルかフォルダの名前を確かめてください。"),
        ("en", '"{}" was not found. Please check the name of the file or folder.'),
    ],
)
def test_a_folder_that_is_not_there(reconcile: Run, tmp_path: Path, lang: str, sentence: str) -> None:
    absent = tmp_path / "ない"
    said = reconcile("run", "--pack", "plan2022", absent, "--out", tmp_path / "out", "--lang", lang)
    assert one_sentence(said) == sentence.format(absent)
    assert not (tmp_path / "out").exists()


def test_a_folder_without_workbooks(reconcile: Run, tmp_path: Path) -> None:
    (tmp_path / "returns").mkdir()
    (tmp_path / "returns" / "memo.txt").write_text("x")
    said = reconcile("run", "--pack", "plan2022", tmp_path / "returns", "--out", tmp_path / "out")
    assert "提出ファイル（Excel ブック）がありません" in one_sentence(said)


def test_a_pack_that_is_not_there_names_those_there_are(reconcile: Run, tmp_path: Path) -> None:
    said = reconcile("run", "--pack", "plan1999", CLEAN, "--out", tmp_path / "out")
    assert "「plan1999」という様式定義はありません。" in one_sentence(said)
    assert "plan2022" in said.err


def test_an_earlier_round_that_is_none_and_a_deadline_that_is_no_day(reconcile: Run, tmp_path: Path) -> None:
    asked = ("run", "--pack", "plan2022", CLEAN, "--out", tmp_path / "out")
    said = one_sentence(reconcile(*asked, "--previous", tmp_path))
    assert f"「{tmp_path}」に前の回の出力（facts.csv）がありません" in said
    assert "--as-of 1月末 は日付として読めません" in one_sentence(reconcile(*asked, "--as-of", "1月末"))
    assert not (tmp_path / "out").exists()


def test_a_pack_with_a_mistake_is_told_with_file_and_line(reconcile: Run, tmp_path: Path) -> None:
    pack = tmp_path / "mine"
    pack.mkdir()
    (pack / "pack.yaml").write_text("pack: mine\ntitle: {ja: 私の, en: mine}\nforms: 3\n", encoding="utf-8")
    said = reconcile("packs", pack, "--validate")
    assert said.code == 2
    first, *lines = said.err.splitlines()
    assert "に誤りがあります。次の行を直してください。" in first
    assert any(re.search(r"pack\.yaml:3: forms", line) for line in lines)


def test_an_output_that_is_a_file(reconcile: Run, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    said = reconcile("run", "--pack", "plan2022", CLEAN, "--out", tmp_path / "out")
    assert "出力先にできません" in one_sentence(said)
    assert (tmp_path / "out").read_text() == "mine"


def test_an_output_below_a_file_is_told_before_the_run(reconcile: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    said = one_sentence(reconcile("run", "--pack", "plan2022", CLEAN, "--out", tmp_path / "file" / "out"))
    assert f"「{tmp_path / 'file'}」は同じ名前のファイルがあるため" in said


@pytest.mark.parametrize("where", ["--out", "--previous", "RETURNS", "--pack"])
def test_a_name_that_is_too_long(reconcile: Run, tmp_path: Path, where: str) -> None:
    long = tmp_path / ("あ" * 100)
    given = {"--pack": "plan2022", "--out": str(tmp_path / "out"), "RETURNS": str(CLEAN), where: str(long)}
    words = [word for name, value in given.items() for word in (name, value) if word != "RETURNS"]
    assert "名前が長すぎて使えません" in one_sentence(reconcile("run", *words))


def test_an_output_name_that_leaves_no_room_for_ours(reconcile: Run, tmp_path: Path) -> None:
    said = reconcile("run", "--pack", "plan2022", CLEAN, "--out", tmp_path / ("x" * 253))
    assert "名前が長すぎて使えません" in one_sentence(said)


def test_an_output_with_other_files(reconcile: Run, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "議事録.docx").write_text("mine")
    said = reconcile("run", "--pack", "plan2022", CLEAN, "--out", tmp_path / "out")
    assert "議事録.docx など 1 個" in one_sentence(said)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_an_output_that_cannot_be_written(reconcile: Run, tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0o500)
    said = reconcile("run", "--pack", "plan2022", CLEAN, "--out", tmp_path / "locked" / "out")
    assert "書き込めません" in one_sentence(said)


def test_a_password_file_that_is_none(reconcile: Run, tmp_path: Path) -> None:
    for path in (tmp_path / "ない", tmp_path):
        said = reconcile("check", "--pack", "plan2022", CLEAN, "--password-file", path)
        assert f"パスワードのファイル「{path}」を読めません。" in one_sentence(said)


@pytest.mark.parametrize("given", ["cells", "cells=many", "cells=0", "cells=-1", "rows=5", "=5", "cells=5XB"])
def test_a_limit_that_is_none(reconcile: Run, given: str) -> None:
    said = reconcile("check", "--pack", "plan2022", CLEAN, "--limit", given)
    assert f"--limit {given} は読めません" in one_sentence(said)


HELP = "使い方は「reconcile run -h」で確かめてください。"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (["run"], f"RETURNS の指定がありません。{HELP}"),
        (["run", "--pack", "plan2022", "x"], f"--out の指定がありません。{HELP}"),
        (["run", "--qqq"], f"--qqq という指定はありません。{HELP}"),
        (["run", "--previos", "2"], f"--previos という指定はありません。近いのは --previous です。{HELP}"),
        (["run", "--jobs", "abc"], "--jobs の指定を読めません（"),
        (["run", "--jobs"], "--jobs の値の指定がありません。"),
        (["check", "--lang", "fr"], "--lang の指定を読めません（"),
        (["no-such-command"], "「no-such-command」という命令はありません。"),
        (["explain", "A", "B"], "余分な指定があります（B）。"),
        (["run", "--lang", "en"], 'RETURNS is missing. Please see "reconcile run -h" for how to use it.'),
        (["--lang=en", "run"], "There is no option --lang"),
    ],
)
def test_wrong_usage(reconcile: Run, given: list[str], sentence: str) -> None:
    assert one_sentence(reconcile(*given)).startswith(sentence)


def test_ctrl_c_is_one_line(reconcile: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("reconcile.reading.read_returns", interrupted)
    said = reconcile("run", "--pack", "plan2022", CLEAN, "--out", tmp_path / "out")
    assert (said.code, said.out) == (130, "")
    assert said.err == "中断しました。出力先には何も書いていません。\n"
    assert list(tmp_path.iterdir()) == []


def test_a_bug_is_no_finding(reconcile: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("boom")

    monkeypatch.setattr("reconcile.facts.collect", broken)
    said = reconcile("run", "--pack", "plan2022", CLEAN / "06_世田谷保健所.xlsx", "--out", tmp_path / "out")
    assert said.code == 2
    assert "boom" in said.err
    assert said.err.splitlines()[-1].startswith("プログラムの誤りで止まりました（ZeroDivisionError）。")
    assert list(tmp_path.iterdir()) == []


def raised_in_the_code() -> Iterator[tuple[str, str, frozenset[str]]]:
    """Where a run is refused: source, key of the sentence, and what the sentence is given."""
    for path in Path(package.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
            if (
                isinstance(node, ast.Call)
                and name in ("CannotRun", "OutputError", "NoExecutor", "complain")
                and node.args
            ):
                given = frozenset(word.arg for word in node.keywords if word.arg)
                for key in ast.walk(node.args[0]):
                    if isinstance(key, ast.Constant) and isinstance(key.value, str) and key.value.isidentifier():
                        yield path.name, key.value, given


def test_every_refusal_has_its_sentence_and_the_sentence_its_data() -> None:
    sentences = catalogue.words("ui")["cannot"]
    raised = list(raised_in_the_code())
    # The lines of a pack's mistakes follow their heading, so that one is printed another way.
    assert {key for _, key, _ in raised} | {"pack_error"} == set(sentences)
    for source, key, given in raised:
        assert sentences[key].placeholders("ja") <= given, (source, key)
        assert sentences[key].placeholders("en") <= given, (source, key)
