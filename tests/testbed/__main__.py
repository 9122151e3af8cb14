"""`python -m tests.testbed`: a Home Assistant to try things on by hand, until Ctrl-C.

`python -m tests.testbed prepare` only builds what it runs in; a test has no time for that.
"""

import signal
import sys

from tests.testbed.homeassistant import RunningHomeAssistant
from tests.testbed.installation import Missing, installation


def main() -> int:
    try:
        if sys.argv[1:] == ["prepare"]:
            installation()
            return 0
        home = RunningHomeAssistant.create()
    except Missing as missing:
        sys.stderr.write(f"{missing}\n")
        return 1
    token = home.folder / "token"
    token.write_text(home.token, "utf-8")
    token.chmod(0o600)
    sys.stdout.write(
        f"Home Assistant {home.url}\nMQTT 127.0.0.1:{home.mqtt_port}\ntoken in {token}\n"
    )
    sys.stdout.flush()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        signal.pause()
    except KeyboardInterrupt:
        return 0
    finally:
        home.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
