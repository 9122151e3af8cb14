"""What is lent by Wyoming, against faster-whisper as wyoming-faster-whisper calls it.

`python -m bench.lending`. The real booth, sealed, used by the protocol's own client: words right,
and seconds from `audio-stop` to the transcript. The peer is called in process. Memory is PSS.
"""

import asyncio
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from wyoming.asr import Transcribe, Transcript
from wyoming.audio import AudioStop
from wyoming.client import AsyncTcpClient

from audio.asr.whisper import Options, files
from audio.frames import Pcm
from bench.figures import median, percentile, recordings_folder, show
from bench.peer import Peer
from hub.shelf.shelf import open_shelf
from intents.home import Home
from tests.hub.lending.booth import RunningBooth
from tests.hub.lending.client import next_event, send
from tests.hub.recordings import pause, recorded

_SETS = ("home_misc", "home_tts")
_SILENCE = 0.7
"""Seconds that Home Assistant's own detection leaves behind what is said."""

Written = Callable[[Pcm], tuple[str, float]]
"""Sound -> its words, and the seconds it took from its end."""


def main() -> None:
    clips = list(_clips())
    rows = []
    with RunningBooth(tts=False, wake=False) as booth:
        rows.append(("the booth", *_scored(clips, lambda pcm: _lent(booth.port, pcm))))
        later = [(np.concatenate((pcm, pause(_SILENCE))), text) for pcm, text in clips]
        name = f"the booth, {_SILENCE} s of silence behind each"
        rows.append((name, *_scored(later, lambda pcm: _lent(booth.port, pcm))))
        memory = [("speech to text", _pss(booth))]
    peer = Peer("tiny.en", open_shelf().load(files(Options())), Home(), Options().threads)
    rows.append(("faster-whisper", *_scored(clips, lambda pcm: _timed(peer, pcm))))
    with RunningBooth(asr=False, tts=False) as booth:
        memory.append(("wake words", _pss(booth)))
    with RunningBooth() as booth:
        _lent(booth.port, clips[0][0])
        memory.append(("all three", _pss(booth)))
    show(("", "n", "exact", "p50", "p95"), rows)
    print()
    show(("lent", "MB"), memory)


def _clips() -> Iterator[tuple[Pcm, str]]:
    for name in _SETS:
        folder = recordings_folder() / "voice_commands" / name
        for line in (folder / "labels.jsonl").read_text().splitlines():
            label = json.loads(line)
            yield recorded(folder / label["audio"]), label["text"]


def _scored(
    clips: list[tuple[Pcm, str]], written: Written
) -> tuple[int, int, float | None, float | None]:
    written(clips[0][0])
    found = [(*written(pcm), text) for pcm, text in clips]
    exact = sum(_plain(words) == _plain(text) for words, _, text in found)
    seconds = [took for _, took, _ in found]
    return len(found), exact, median(seconds), percentile(seconds, 0.95)


def _plain(text: str) -> str:
    letters = "".join(c if c.isalnum() or c == "'" else " " for c in text.casefold())
    return " ".join(letters.split())


def _lent(port: int, pcm: Pcm) -> tuple[str, float]:
    return asyncio.run(_asked(port, pcm))


async def _asked(port: int, pcm: Pcm) -> tuple[str, float]:
    async with AsyncTcpClient("127.0.0.1", port) as client:
        await client.write_event(Transcribe(language="en").event())
        await send(client, pcm.tobytes(), ends=False)
        await asyncio.sleep(0.05)  # it has come before the last word ends, as in life
        started = time.perf_counter()
        await client.write_event(AudioStop().event())
        words = Transcript.from_event(await next_event(client)).text
        return words, time.perf_counter() - started


def _timed(peer: Peer, pcm: Pcm) -> tuple[str, float]:
    started = time.perf_counter()
    return peer.transcribe(pcm), time.perf_counter() - started


def _pss(booth: RunningBooth) -> int:
    lines = Path(f"/proc/{booth.process.pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) // 1024


if __name__ == "__main__":
    main()
