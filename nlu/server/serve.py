"""Serves a trained NLU model over HTTP on loopback. Run it from the project's folder with the Python of `.venv-nlu`.

    (echo "$TOKEN"; cat) | python -m nlu.server.serve --model model.tar.gz --port 5005

The first line of standard input is the token that every request must carry; on the command line others could read
it. The server ends when standard input closes.

Several workers share the port. The model is read once, before they are made, so that they share its memory (a pipeline
that computes with TensorFlow, whose threads do not survive that, takes one worker). When a worker dies all end, and
whoever started the server starts it again.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

from nlu.server.quiet import end_with_main_process, end_with_parent, prepare, read_line

# Of all that Rasa's server offers (training, loading models from addresses, conversations) only this is needed.
_PATHS = frozenset({"/status", "/model/parse"})
_LARGEST_REQUEST = 64 * 1024


def main() -> int:
    """Serves until stopped; 2 for unusable arguments."""
    started = time.monotonic()
    parser = argparse.ArgumentParser(description="Serve the NLU model on loopback.")
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--workers", type=int, default=1, help="processes that answer")
    arguments = parser.parse_args()
    if not arguments.model.is_file():
        parser.error(f"there is no model at {arguments.model}")
    if arguments.workers < 1:
        parser.error("at least one worker is needed")
    token = read_line(sys.stdin.buffer)
    if not token:
        parser.error("the first line of standard input must be the token")
    end_with_parent(sys.stdin.buffer)
    prepare()
    app, agent = build(arguments.model.resolve(), token)
    if not agent.is_ready():
        print(f"nlu: the model {arguments.model.name} cannot be loaded", file=sys.stderr, flush=True)
        return 1
    run(app, agent, arguments.host, arguments.port, arguments.workers, started)
    return 0


def build(model: Path, token: str) -> tuple[Any, Any]:
    """Returns the web application and the agent that holds the model; the agent is not ready where the model is unusable."""
    from rasa.core.agent import load_agent
    from rasa.core.run import configure_app
    from sanic import response

    app = configure_app(cors=[], auth_token=token, use_uvloop=True)
    app.config.REQUEST_MAX_SIZE = _LARGEST_REQUEST
    app.config.FALLBACK_ERROR_FORMAT = "json"

    async def only_known_paths(request: Any) -> Any:
        return None if request.path in _PATHS else response.json({"status": "failure"}, status=404)

    app.register_middleware(only_known_paths, "request")
    return app, asyncio.run(load_agent(model_path=str(model)))


def run(app: Any, agent: Any, host: str, port: int, workers: int, started: float) -> None:
    """Answers requests until stopped. `started` is the monotonic time the program began, for the line that says it is ready."""

    async def take_model(app: Any, _loop: Any) -> None:
        app.ctx.agent = agent
        if workers > 1:
            end_with_main_process()  # threads are not inherited: each worker watches for itself

    async def announce(_app: Any, _loop: Any) -> None:
        print(f"nlu: ready on {host}:{port} after {time.monotonic() - started:.1f} s", flush=True)

    async def end_with_any_worker(_app: Any, _loop: Any) -> None:
        signal.signal(signal.SIGCHLD, lambda *_: os._exit(1))

    app.register_listener(take_model, "before_server_start")
    app.register_listener(announce, "after_server_start")
    if workers > 1:
        app.register_listener(end_with_any_worker, "main_process_start")
    app.run(host=host, port=port, workers=workers, access_log=False, motd=False)


if __name__ == "__main__":
    raise SystemExit(main())
