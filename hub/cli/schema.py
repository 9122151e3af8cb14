"""`inglenook schema`: the JSON schema of the settings file, for editors that complete and check."""

import argparse
import json

from hub.config import Config


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("schema", help="print the JSON schema of the settings")
    parser.set_defaults(run=run)


def run(_args: argparse.Namespace) -> int:
    print(json.dumps(Config.model_json_schema(), indent=2))
    return 0
