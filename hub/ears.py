"""An ear made from its settings: every model read, verified and loaded before a sound is heard."""

from audio.endpoint import Options as EndpointOptions
from audio.engines import Asr, Vad, Wake
from audio.listener import Listener
from audio.listener import Options as ListenerOptions
from hub.engines import make_engine
from hub.hearing import Hearing
from hub.settings import Hear
from hub.shelf.shelf import Shelf
from intents.grammar import Grammar
from intents.home import Home


def make_hearing(settings: Hear, shelf: Shelf, grammar: Grammar | None = None) -> Hearing:
    """`grammar`: what can be said, until the home is learnt. Raises as hub.engines does."""
    language = settings.language
    wake: Wake | None = None
    if settings.wake is not None:
        wake = make_engine("wake", settings.wake, shelf, language)
    vad: Vad = make_engine("vad", settings.vad, shelf, language)
    asr: Asr = make_engine("asr", settings.asr, shelf, language)
    options = ListenerOptions(
        endpointing=EndpointOptions(
            patience=settings.silence,
            no_speech=settings.no_speech,
            longest=settings.longest,
        )
    )
    hearing = Hearing(
        listener=Listener(wake, vad, options),
        asr=asr,
        grammar=grammar or Grammar(language, Home()),
        language=language,
        area=settings.area,
        words=settings.words,
        wake_words=tuple(wake.words) if wake else (),
    )
    hearing.set_sensitivity(settings.sensitivity)
    return hearing
