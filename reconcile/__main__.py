"""``reconcile`` and ``python -m reconcile``."""

from __future__ import annotations


def main() -> None:
    """Runs the command line; ends the process with its exit code."""
    from reconcile.cli.app import app
    from reconcile.cli.console import prepare_streams

    prepare_streams()
    app(prog_name="reconcile")


if __name__ == "__main__":
    main()
