"""The desk: a record as pages for a browser on the same machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from dragoman.record import Store


def serve(
    store: Store,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    token: str = "",
    told: Callable[[str], None] | None = None,
) -> None:
    """Answers on that port until it is stopped: on this machine, or with a token on the address that is given.

    `told` is called with the address to open. Raises UsageError for a token that can be guessed, and for another
    address without a token.
    """
    import sys  # noqa: PLC0415
    import threading  # noqa: PLC0415

    import uvicorn  # noqa: PLC0415  # only who serves pays for it

    from dragoman.errors import UsageError  # noqa: PLC0415
    from dragoman.show import charts  # noqa: PLC0415
    from dragoman.show.web.app import create_app  # noqa: PLC0415
    from dragoman.show.web.relations import home  # noqa: PLC0415
    from dragoman.show.web.safety import LOCAL  # noqa: PLC0415

    if host not in LOCAL and not token:
        raise UsageError(
            f"{host}: without a token the desk listens on this machine only ({', '.join(sorted(LOCAL))}); give --token,"
            " or --token new to have one made"
        )
    app = create_app(store, token=token)

    def warm() -> None:
        # The first chart loads the drawing library, and the first page looks at all relations: seconds that no reader
        # should wait for.
        desk = app.state.desk
        charts.chart(())
        for one in home(desk.relations()):
            desk.line(one)
        desk.queue()

    threading.Thread(target=warm, daemon=True).start()
    if told is not None:
        shown = "localhost" if host in LOCAL else host
        told(f"the desk: http://{shown}:{port}")
    # A thread that waits for the database is not to wait for the interpreter as well, at each of its questions.
    sys.setswitchinterval(0.001)
    uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False, timeout_keep_alive=30)
