"""The chains that bench.ears compares; each hears a recording and says what it understood."""

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from audio.frames import RATE, Pcm
from bench.ears_sets import RecordingSet
from bench.fsg import home_fsg
from bench.peer import Model, Peer, end_of_command, model_files
from bench.sphinx import Sphinx
from hub.asker import TYPED
from hub.ears import make_hearing
from hub.hearing import Hearing
from hub.listening import listen
from hub.local import Local
from hub.settings import EngineChoice, Hear
from hub.shelf.shelf import Shelf
from hub.turn import Turn
from intents.wishes import Wish

OURS = "Inglenook"
ASSIST = "Home Assistant's"
WHISPER = "faster-whisper, our intents"
SPHINX = "pocketsphinx, grammar"
_SILENCE = np.zeros(6 * RATE, np.int16)
"""Behind every recording, as hub.listening gives it to Inglenook."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`at`: seconds from the first sample; of these `waited` from the end of speech, as the chain
    saw it, `asr` and `intent` computing. In Inglenook these overlap.
    """

    turn: Turn = field(repr=False)
    at: float
    waited: float | None
    asr: float
    intent: float


Answers = Mapping[str, tuple[Answer, ...]]
"""Of each chain its turns in one recording; none: nothing was heard."""
Chain = Callable[[Pcm, float], Answers]
"""Takes a recording and the seconds to the end of its speech."""


def whisper_chains(model: Model, threads: int, where: RecordingSet, shelf: Shelf) -> list[Chain]:
    """Ours, and the two that share one transcript: it is the same call in both."""
    hearing = _hearing(where.local, shelf, model, threads)
    home = where.local.home
    peer = Peer(model, shelf.load(model_files(model)), home, threads, where.local.custom)
    return [
        lambda sound, _: {OURS: asyncio.run(_ours(sound, hearing, where.local))},
        lambda sound, end: _as_shipped(sound, end, peer, where.local),
    ]


def sphinx_chain(where: RecordingSet) -> Chain:
    sphinx = Sphinx(home_fsg(where.local.home, where.local.custom))

    def hear(sound: Pcm, end: float) -> Answers:
        heard = np.concatenate((sound, _SILENCE))
        ended = end_of_command(heard)
        text, asr = sphinx.transcribe(heard[:ended])
        return {SPHINX: (_understood(text, ended / RATE, asr, end, where.local),)}

    return hear


async def _ours(sound: Pcm, hearing: Hearing, where: Local) -> tuple[Answer, ...]:
    takes = await listen(sound, hearing, where.conversation())
    return tuple(
        Answer(
            each.turn,
            each.at,
            each.turn.seconds.vad,
            each.turn.seconds.asr,
            each.turn.seconds.intent,
        )
        for each in takes
    )


def _as_shipped(sound: Pcm, end: float, peer: Peer, where: Local) -> Answers:
    """Transcribed once; then hassil as Home Assistant calls it, and our intents."""
    heard = np.concatenate((sound, _SILENCE))
    ended = end_of_command(heard)
    began = time.perf_counter()
    text = peer.transcribe(heard[:ended])
    transcribed = time.perf_counter()
    wish = peer.recognize(text)
    intent = time.perf_counter() - transcribed
    asr = transcribed - began
    assist = Answer(
        asyncio.run(_done(wish, where)),
        ended / RATE + asr + intent,
        waited=ended / RATE - end,
        asr=asr,
        intent=intent,
    )
    return {ASSIST: (assist,), WHISPER: (_understood(text, ended / RATE, asr, end, where),)}


async def _done(wish: Wish | None, where: Local) -> Turn:
    """What our executor makes of it in the same home: so a wrong action counts alike for all."""
    return await where.conversation().take((wish,), TYPED) if wish else Turn(())


def _understood(text: str, ended: float, asr: float, end: float, where: Local) -> Answer:
    """By our intents as if it were typed."""
    began = time.perf_counter()
    turn = asyncio.run(where.conversation().ask(text)) if text else Turn(())
    intent = time.perf_counter() - began
    return Answer(turn, ended + asr + intent, waited=ended - end, asr=asr, intent=intent)


def _hearing(where: Local, shelf: Shelf, model: Model, threads: int) -> Hearing:
    settings = Hear(
        wake=None,
        vad=EngineChoice(engine="silero"),
        asr=EngineChoice(engine="whisper", options={"model": model, "threads": threads}),
    )
    return make_hearing(settings, shelf, where.grammars("en").of(where.home))
