"""Serves a trained NLU model over HTTP on loopback. Run it from the project's folder with the Python of `.venv-nlu`.

    (echo "$TOKEN"; cat) | python -m nlu.server.serve --model model.tar.gz --port 5005

The first line of standard input is the token that every request must carry; on the command line others could read
it. The server ends when standard input closes.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path
from typing import Any

from nlu.server.quiet import end_with_parent, prepare, read_line

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
    arguments = parser.parse_args()
    if not arguments.model.is_file():
        parser.error(f"there is no model at {arguments.model}")
    token = read_line(sys.stdin.buffer)
    if not token:
        parser.error("the first line of standard input must be the token")
    end_with_parent(sys.stdin.buffer)
    prepare()
    serve(arguments.model.resolve(), arguments.host, arguments.port, token, started)
    return 0


def serve(model: Path, host: str, port: int, token: str, started: float) -> None:
    """Loads the model and answers requests; ends the process with status 1 where the model cannot be loaded."""
    from rasa.core.agent import load_agent
    from rasa.core.run import configure_app
    from sanic import response

    app = configure_app(cors=[], auth_token=token, use_uvloop=True)
    app.config.REQUEST_MAX_SIZE = _LARGEST_REQUEST
    app.config.FALLBACK_ERROR_FORMAT = "json"

    async def load(app: Any, _loop: Any) -> None:
        app.ctx.agent = await load_agent(model_path=str(model))
        if not app.ctx.agent.is_ready():
            print(f"nlu: the model {model.name} cannot be loaded", file=sys.stderr, flush=True)
            os._exit(1)

    async def announce(_app: Any, _loop: Any) -> None:
        print(f"nlu: ready on {host}:{port} after {time.monotonic() - started:.1f} s", flush=True)

    async def only_known_paths(request: Any) -> Any:
        return None if request.path in _PATHS else response.json({"status": "failure"}, status=404)

    app.register_listener(load, "before_server_start")
    app.register_listener(announce, "after_server_start")
    app.register_middleware(only_known_paths, "request")
    app.run(host=host, port=port, workers=1, access_log=False, motd=False)


if __name__ == "__main__":
    raise SystemExit(main())
