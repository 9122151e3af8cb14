"""Whether a device is there: it is opened, and closed at once.

`python -m hub.cage senses/probe DEVICE [NAME]`, isolated as the process that would have it. Only a
fresh process opens a device, and one that does without it is sealed. What a microphone delivers
meanwhile is dropped unheard.
"""

import argparse
import sys
from contextlib import closing

from audio.microphone import Microphone
from audio.speaker import NoSpeakerError, Speaker
from hub.children import NOT_READY
from hub.process import prepare, quit_on_sigterm
from hub.sources import NOT_THERE


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("device", choices=("microphone", "loudspeaker"))
    parser.add_argument(
        "name", nargs="?", help="as in the settings; a number is one of PortAudio's"
    )
    args = prepare(parser)
    quit_on_sigterm(lambda: None)
    name = int(args.name) if args.name and args.name.isdecimal() else args.name
    try:
        if args.device == "microphone":
            with closing(Microphone(name)) as microphone:
                next(microphone.frames())  # one that delivers nothing is of no use
        else:
            Speaker(name).close()
    except (*NOT_THERE, NoSpeakerError):
        return NOT_READY
    return 0


if __name__ == "__main__":
    sys.exit(main())
