"""What an app lends by Wyoming is told to its Supervisor, so that Home Assistant offers it.

The Supervisor keeps what it was told until the app is uninstalled: what is lent no more has to be
taken back.
"""

import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from hub.config import Config
from hub.section import is_loopback
from integrations.supervisor import NotGiven, Supervisor

_SERVICE = "wyoming"


def is_lent(config: Config) -> bool:
    """To others than the app itself."""
    lent = config.wyoming.speech if config.wyoming is not None else None
    return lent is not None and not is_loopback(lent.listen)


@dataclass(frozen=True, slots=True)
class Announcing:
    """`kept`: the file with the name of what was told, until that is taken back. `report`: takes
    what the owner should read. Whatever goes wrong is told there, and nothing else comes of it.
    """

    supervisor: Supervisor
    kept: Path
    report: Callable[[str], None]

    def announce(self, port: int) -> None:
        host = socket.gethostname()
        try:
            message = self.supervisor.announce(_SERVICE, {"uri": f"tcp://{host}:{port}"})
            self.kept.write_text(message.hex)
        except NotGiven as error:
            self.report(
                f"{error} Home Assistant does not find ears and voice by itself: add Wyoming "
                f"Protocol there, with the host {host} and the port {port}."
            )
        except OSError as error:
            self.report(f"{self.kept} cannot be written: {error.strerror}.")
        else:
            self.report("Home Assistant offers ears and voice under Devices & services.")

    def retract(self) -> None:
        """What was told before; where nothing was, nothing is done."""
        if not self.kept.exists():
            return
        try:
            self.supervisor.retract(UUID(self.kept.read_text()))
        except NotGiven as error:
            self.report(f"{error} Home Assistant may still show ears and voice as discovered.")
            return
        except ValueError:
            pass  # a power cut left half a name: nobody can take that back
        self.kept.unlink()
