"""The example of the page runs."""

import re
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "localisation.md"


def test_the_example_of_the_page_holds():
    (example,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)
    exec(compile(example, str(PAGE), "exec"), {})


def test_every_command_of_the_page_names_parts_that_exist():
    parts = {"single", "earlier", "several", "clean", "outside", "real", "time"}
    named = re.findall(r"benchmarks\.localisation --parts ([a-z,]+)", PAGE.read_text(encoding="utf-8"))
    assert named
    assert all(set(own.split(",")) <= parts for own in named)
