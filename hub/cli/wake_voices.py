"""`inglenook wake enrol|voices|forget`: whose wake word wakes the hub."""

import argparse
from pathlib import Path

from audio.verifier import Seeing
from hub.cli.options import BadInput, settings, sound_files
from hub.engines import Workshop
from hub.family import choice
from hub.keep.enrolments import Enrolments
from hub.paths import enrolments_folder
from hub.shelf.shelf import open_shelf
from hub.voices import enrol, forget, learnt


def add_actions(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    enrolling = actions.add_parser("enrol", help="let the wake word of a person be known")
    enrolling.add_argument("name", help="whose voice it is")
    enrolling.add_argument(
        "recordings", type=Path, nargs="+", metavar="RECORDING", help="three wake words or more"
    )
    enrolling.add_argument(
        "--others",
        type=Path,
        nargs="+",
        required=True,
        metavar="RECORDING",
        help="15 wake words or more of other people; files or folders",
    )
    enrolling.add_argument("--config", type=Path, help="settings (./inglenook.yaml)")
    enrolling.set_defaults(act=_enrol)
    actions.add_parser("voices", help="who is enrolled").set_defaults(act=_list)
    forgetting = actions.add_parser("forget", help="destroy what is known of a voice")
    forgetting.add_argument("name")
    forgetting.set_defaults(act=_forget)


def _enrol(args: argparse.Namespace) -> int:
    config = settings(args)
    wake = Workshop(open_shelf(), config.language).wake(choice(config.wake))
    if not isinstance(wake, Seeing):
        raise BadInput(f"The wake engine {config.wake.engine} cannot tell voices apart.")
    others = list(sound_files(args.others))
    found = {word: learnt(wake, args.recordings, others, word) for word in wake.words}
    store = Enrolments(enrolments_folder())
    for word, verifier in found.items():
        enrol(store, args.name, verifier, config.wake.engine, word)
    print(f"{args.name} is enrolled for {', '.join(found)}.")
    if config.listen.voices == "everyone":
        print("Everybody's wake word still counts. To change that: listen.voices: enrolled")
    print("A hub that is running knows it once it was muted and unmuted, or started again.")
    return 0


def _list(_: argparse.Namespace) -> int:
    found = Enrolments(enrolments_folder()).found(0)
    for person in found.people:
        voices = (each.model for each in person.examples if each.kind == "voice")
        print(f"{person.name}  {', '.join(voices)}")
    for damaged in found.damaged:
        print(f"{damaged}  damaged: forget it")
    if not found.people and not found.damaged:
        print("Nobody is enrolled.")
    return 0


def _forget(args: argparse.Namespace) -> int:
    store = Enrolments(enrolments_folder())
    if args.name in store.found(0).damaged:
        store.forget(args.name)
    else:
        forget(store, args.name)
    print(f"{args.name} is forgotten.")
    return 0
