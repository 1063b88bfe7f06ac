"""The command line: arguments in, one call of the library, print. Nothing heavy is imported before it is needed.

One module for each group of commands; every command stands in `COMMANDS`, in the order of `--help`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import NoReturn

import typer

from dragoman import desk_commands, ledger_commands
from dragoman.arguments import say
from dragoman.cli import asking, giving, judging, keeping, reading, running
from dragoman.cli.options import BROKEN, PASSED_OVER, READ, WRONG_CALL
from dragoman.knowledge_commands import app as knowledge_app

COMMANDS: tuple[Callable[..., int], ...] = (
    reading.add,
    reading.code,
    reading.import_,
    reading.remove,
    desk_commands.brief,
    asking.timeline,
    asking.search,
    asking.explain,
    asking.relations,
    asking.actor,
    giving.export,
    judging.judge,
    judging.claim,
    judging.review,
    judging.audit,
    keeping.recode,
    keeping.rebuild,
    keeping.check,
    keeping.backup,
    desk_commands.serve,
    reading.demo,
    running.evaluate,
    running.version,
)

app = typer.Typer(
    name="dragoman",
    help="Reads what states do and say to each other and keeps a sourced record of their relations.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for _command in COMMANDS:
    app.command(_command.__name__.rstrip("_"))(_command)
ledger_commands.register(app)
app.add_typer(knowledge_app, name="knowledge")


def main() -> NoReturn:
    """Runs the command line; errors made on purpose are one line on standard error."""
    import errno  # noqa: PLC0415
    import os  # noqa: PLC0415

    from dragoman.errors import DragomanError, InputError  # noqa: PLC0415

    status = READ
    try:
        status = app(standalone_mode=False) or READ
        sys.stdout.flush()
    except InputError as error:
        say(str(error))
        status = PASSED_OVER
    except DragomanError as error:
        say(str(error))
        status = WRONG_CALL
    except (KeyboardInterrupt, typer.Abort):
        say("stopped; what was kept until now stays")
        status = 130
    except typer.Exit as leave:
        status = leave.exit_code
    except OSError as error:
        if error.errno != errno.EPIPE:
            say(str(error))
            status = WRONG_CALL
        else:
            # The reader has gone (`| head`); nothing may be written at exit either.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception as error:  # noqa: BLE001  # told and given a status of its own
        if hasattr(error, "show") and hasattr(error, "exit_code"):
            error.show()
            status = int(error.exit_code)
        else:
            import traceback  # noqa: PLC0415

            traceback.print_exc()
            say("this is a fault of Dragoman's own; please report the lines above")
            status = BROKEN
    sys.exit(status)
