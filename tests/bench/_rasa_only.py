"""The least a bot can be with Rasa alone: its own REST channel, the project's pipeline, one sentence for every intent.

The yardstick of `turn`. Runs in the NLU environment, as `nlu.server` does:

    .venv-nlu/bin/python -m tests.bench._rasa_only train --out model.tar.gz
    (echo "$TOKEN"; cat) | .venv-nlu/bin/python -m tests.bench._rasa_only serve --model model.tar.gz --port 5006

It takes `POST /webhooks/rest/webhook` with {"sender", "message"}. Conversations are kept in memory.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any

from nlu.server.quiet import end_with_parent, prepare, read_line

_PROJECT = Path(__file__).resolve().parents[2]
_CONFIG, _DATA = _PROJECT / "config.yml", _PROJECT / "nlu" / "server" / "data"


def main() -> int:
    """Trains, or serves until standard input closes."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench._rasa_only")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("train").add_argument("--out", type=Path, required=True)
    serving = commands.add_parser("serve")
    serving.add_argument("--model", type=Path, required=True)
    serving.add_argument("--port", type=int, required=True)
    options = parser.parse_args()
    token = read_line(sys.stdin.buffer) if options.command == "serve" else ""
    end_with_parent(sys.stdin.buffer)
    prepare()
    if options.command == "train":
        return 0 if _train(options.out.resolve()) else 1
    _serve(options.model.resolve(), options.port, token)
    return 0


def _train(out: Path) -> bool:
    """The project's pipeline and training data, with a rule for each intent where the project has no dialogue at all."""
    import yaml
    from rasa.model_training import train
    from rasa.shared.importers.utils import training_data_from_paths

    data = [str(file) for file in sorted(_DATA.rglob("*.yml"))]
    intents = sorted(training_data_from_paths(data, language="zh").intents)
    said = [{"text": "好的，我记下了。"}]
    domain = {"version": "3.1", "intents": intents, "responses": {"utter_heard": said, "utter_restart": said}}
    # What follows `restart` is fixed in Rasa itself.
    ruled = [intent for intent in intents if intent != "restart"]
    rules = [{"rule": intent, "steps": [{"intent": intent}, {"action": "utter_heard"}]} for intent in ruled]
    config = yaml.safe_load(_CONFIG.read_text("utf-8")) | {"policies": [{"name": "RulePolicy"}]}
    files = {"domain": domain, "rules": {"version": "3.1", "rules": rules}, "config": config}
    with tempfile.TemporaryDirectory(dir=out.parent) as folder:
        written = {name: str(Path(folder, f"{name}.yml")) for name in files}
        for name, content in files.items():
            Path(written[name]).write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
        trained = train(written["domain"], written["config"], [*data, written["rules"]], output=folder, fixed_model_name="model")
        if trained.model is None:
            return False
        Path(trained.model).replace(out)
    return True


def _serve(model: Path, port: int, token: str) -> None:
    """What `rasa run` does with the REST channel, in the same way as `nlu.server.serve` does without a channel."""
    from rasa.core.agent import load_agent
    from rasa.core.channels.rest import RestInput
    from rasa.core.run import configure_app

    app = configure_app([RestInput()], cors=[], auth_token=token, use_uvloop=True)

    async def load(app: Any, _loop: Any) -> None:
        app.ctx.agent = await load_agent(model_path=str(model))

    app.register_listener(load, "before_server_start")
    app.run(host="127.0.0.1", port=port, workers=1, access_log=False, motd=False)


if __name__ == "__main__":
    raise SystemExit(main())
