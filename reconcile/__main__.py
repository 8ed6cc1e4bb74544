"""``reconcile`` and ``python -m reconcile``."""

from __future__ import annotations


def main() -> None:
    """Runs the command line; ends the process with its exit code."""
    import atexit
    import gc
    import os
    import sys

    # numpy brings a library of linear algebra that nothing here calls; its threads, one a core, would wait for work in
    # busy loops, a tenth of a second in each process that is started.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

    # What a command loads are tens of thousands of objects that stay: looking among them for cycles again and again
    # would take a sixteenth of a check.
    gc.set_threshold(100_000)

    from typer import TyperException

    from reconcile.cli.app import app
    from reconcile.cli.console import prepare_streams

    prepare_streams()
    # What is left at the end goes with the process: searching it for cycles would take a tenth of a second.
    atexit.register(gc.freeze)
    try:
        # Without its standalone mode typer gives back the exit code, and leaves usage errors to us.
        code = app(prog_name="reconcile", standalone_mode=False)
    except TyperException as wrong:
        from reconcile.cli.usage import explain_usage

        code = explain_usage(wrong, sys.argv[1:])
    sys.exit(code)


if __name__ == "__main__":
    main()
