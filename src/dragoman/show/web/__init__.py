"""The desk: a record as pages for a browser on the same machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.record import Store


def serve(store: Store, *, host: str = "127.0.0.1", port: int = 8000) -> None:
    """Answers on that port of this machine until it is stopped; raises UsageError for an address of another kind."""
    import threading  # noqa: PLC0415

    import uvicorn  # noqa: PLC0415  # only who serves pays for it

    from dragoman.errors import UsageError  # noqa: PLC0415
    from dragoman.show import charts  # noqa: PLC0415
    from dragoman.show.web.app import create_app  # noqa: PLC0415
    from dragoman.show.web.safety import LOCAL  # noqa: PLC0415

    if host not in LOCAL:
        raise UsageError(f"{host}: the desk listens on this machine only; give one of {', '.join(sorted(LOCAL))}")
    # The first chart loads the drawing library, four seconds that no reader should wait for.
    threading.Thread(target=lambda: charts.svg(charts.chart(())), daemon=True).start()
    uvicorn.run(create_app(store), host=host, port=port, log_level="warning", server_header=False)
