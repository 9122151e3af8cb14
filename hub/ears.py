"""An ear made from its settings: every model read, verified and loaded before a sound is heard."""

from collections.abc import Sequence
from pathlib import Path

from audio.echo import Canceller
from audio.echo import Options as EchoOptions
from audio.endpoint import Options as EndpointOptions
from audio.listener import Listener
from audio.listener import Options as ListenerOptions
from audio.own_sound import OwnSound
from audio.own_voice import Options as OwnVoiceOptions
from audio.own_voice import OwnVoice
from hub.engines import Workshop
from hub.hearing import Hearing
from hub.judgement import MAY_GO_ON, WHOLE
from hub.keep.people import Person
from hub.settings import Hear
from hub.shelf.shelf import Shelf
from hub.voices import verified
from intents.added import Added, load_added
from intents.grammar import Grammar
from intents.home import Home

PAUSES = (0.1, WHOLE, MAY_GO_ON)
"""Seconds: at the first a sentence is understood ahead, at the others it may end."""


def make_own_sound(settings: Hear, shelf: Shelf) -> OwnSound | None:
    """What keeps the hub from waking itself. Raises as hub.engines.Workshop."""
    if settings.wake is None:
        return None
    wake = Workshop(shelf, settings.language).wake(settings.wake)
    return OwnSound(Canceller(EchoOptions()), OwnVoice(wake, OwnVoiceOptions()))


def make_hearing(
    settings: Hear,
    shelf: Shelf,
    grammar: Grammar | None = None,
    own: OwnSound | None = None,
    people: Sequence[Person] | None = None,
) -> Hearing:
    """`grammar`: what can be said, until the home is learnt; `own`: what the hub itself plays;
    `people`: whose wake word counts, None for everybody's.

    Raises as hub.engines.Workshop, and DocumentError for sentences that are wrong.
    """
    make = Workshop(shelf, settings.language)
    wake = make.wake(settings.wake) if settings.wake is not None else None
    if wake is not None and settings.wake is not None and people is not None:
        wake = verified(wake, settings.wake.engine, people)
    vad, asr = make.vad(settings.vad), make.asr(settings.asr)
    options = _options(settings)
    if grammar:
        grammar.prepare_to_hear()
    hearing = Hearing(
        listener=Listener(wake, vad, options, own.said) if own else Listener(wake, vad, options),
        asr=asr,
        grammar=grammar or Grammar(settings.language, Home(), added=_added(settings)),
        language=settings.language,
        area=settings.area,
        words=settings.words,
        wake_words=tuple(wake.words) if wake else (),
    )
    hearing.set_sensitivity(settings.sensitivity)
    return hearing


def make_another(
    first: Hearing,
    settings: Hear,
    shelf: Shelf,
    ear: str,
    area: str | None,
    people: Sequence[Person] | None = None,
) -> Hearing:
    """An ear beside `first`, which knows what that knows: one recogniser, one home. Raises as
    `make_hearing`.
    """
    make = Workshop(shelf, settings.language)
    wake = make.wake(settings.wake) if settings.wake is not None else None
    if wake is not None and settings.wake is not None and people is not None:
        wake = verified(wake, settings.wake.engine, people)
    hearing = Hearing(
        listener=Listener(wake, make.vad(settings.vad), _options(settings)),
        asr=first.asr,
        grammar=first.grammar,
        language=first.language,
        source=ear,
        area=area,
        words=first.words,
        wake_words=first.wake_words,
    )
    hearing.set_sensitivity(settings.sensitivity)
    return hearing


def _options(settings: Hear) -> ListenerOptions:
    return ListenerOptions(
        endpointing=EndpointOptions(
            pauses=tuple(pause for pause in PAUSES if pause < settings.silence),
            patience=settings.silence,
            no_speech=settings.no_speech,
            longest=settings.longest,
        )
    )


def _added(settings: Hear) -> Added | None:
    """Read now: a sealed process can open no file."""
    return load_added([Path(each) for each in settings.sentences], settings.language)
