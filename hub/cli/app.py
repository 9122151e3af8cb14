"""`inglenook app`: what the Home Assistant app runs; makes its settings, then runs the hub."""

import argparse
import os
import sys

from hub.app.announcing import Announcing, is_lent
from hub.app.options import BadOptions
from hub.app.starting import Place, fetch_models, say, written
from hub.cli.run import Start, add_again, put_models_back, start
from hub.config_file import ConfigError, load
from hub.engines import EngineMissing
from hub.shelf.errors import ShelfError
from integrations.supervisor import Supervisor

_NO_SUPERVISOR = "This runs inside a Home Assistant app only. Elsewhere: inglenook run"


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("app", help="run the hub inside a Home Assistant app")
    add_again(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Never returns when all is well."""
    token = os.environ.get("SUPERVISOR_TOKEN")
    if not token:
        print(_NO_SUPERVISOR, file=sys.stderr)
        return 2
    if args.models_back:
        put_models_back()
    try:
        place, supervisor = Place(), Supervisor(token)
        file = written(place, supervisor)
        config = load(file)
        if not is_lent(config):
            Announcing(supervisor, place.announced, say).retract()
        fetch_models(config)
    except (BadOptions, ConfigError) as error:
        print(error, file=sys.stderr)
        return 2
    except (ShelfError, EngineMissing, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    places = {"--own": place.own, "--over": place.over, "--announced": place.announced}
    house = tuple(word for name, at in places.items() for word in (name, str(at)))
    return start(Start(file, ("app",), args.again, house=house))
