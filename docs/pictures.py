"""Makes the pictures of the README from the demo's own master.

    python docs/pictures.py

Needs LibreOffice (soffice), poppler (pdftotext, pdftoppm) and a Japanese font: the master is printed to PDF as a
person would print it, and the first page of each wanted sheet becomes a picture. Which page is of which sheet stands in
the page headers of the master.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

IMAGES = Path(__file__).resolve().parent / "images"
# Picture → sheet, dots per inch, and how much of the page's width and height it shows (the rest is more of the same).
PICTURES = {
    "master": ("様式1", 110, 1.0, 0.62),
    "errors": ("エラー一覧", 120, 0.79, 0.5),
    "overview": ("概要", 100, 1.0, 0.97),
}
TOOLS = ("soffice", "pdftotext", "pdftoppm", "pdfinfo")


def said_by(*command: str | Path) -> str:
    """The standard output of a program that must succeed."""
    return subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True).stdout


def page_of(sheet: str, pdf: Path) -> int:
    """The first page whose header ends with the name of the sheet."""
    for number, page in enumerate(said_by("pdftotext", "-layout", pdf, "-").split("\f"), start=1):
        lines = page.strip().splitlines()
        if lines and lines[0].split()[-1] == sheet:
            return number
    raise SystemExit(f"No page of the sheet {sheet}.")


def size_of(page: int, pdf: Path, dpi: int) -> tuple[float, float]:
    """Width and height of a page in dots, as it is shown."""
    for line in said_by("pdfinfo", "-f", str(page), "-l", str(page), pdf).splitlines():
        if "size:" in line and line.startswith("Page"):
            width, height = (float(part.split()[0 if n else -1]) for n, part in enumerate(line.split(" x ")))
            return width * dpi / 72, height * dpi / 72
    raise SystemExit(f"pdfinfo does not tell the size of page {page}.")


def main() -> None:
    absent = [tool for tool in TOOLS if shutil.which(tool) is None]
    if absent:
        raise SystemExit(f"Not found: {', '.join(absent)}.")
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "demo"
        subprocess.run([sys.executable, "-m", "reconcile", "demo", "--out", str(out)], check=True)
        said_by("soffice", "--headless", "--convert-to", "pdf", "--outdir", folder, out / "master.xlsx")
        pdf = Path(folder) / "master.pdf"
        for name, (sheet, dpi, across, down) in PICTURES.items():
            page = page_of(sheet, pdf)
            width, height = size_of(page, pdf, dpi)
            area = ("-x", "0", "-y", "0", "-W", str(round(width * across)), "-H", str(round(height * down)))
            first = ("-f", str(page), "-l", str(page), "-singlefile", "-r", str(dpi))
            said_by("pdftoppm", "-png", *first, *area, pdf, IMAGES / name)
            print(f"docs/images/{name}.png: page {page}, {sheet}")


if __name__ == "__main__":
    main()
