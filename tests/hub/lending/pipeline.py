"""One run of Home Assistant's Assist pipeline, as one of its satellites would start it."""

import asyncio
from collections.abc import Mapping

import aiohttp

from audio.frames import RATE, Pcm

_AT_ONCE = 1_024
"""Samples."""

Json = dict[str, object]


async def run(url: str, token: str, pipeline: str, pcm: Pcm) -> Mapping[str, Json]:
    """From the wake word to what the conversation agent said; what each event told."""
    async with aiohttp.ClientSession() as session, session.ws_connect(f"{url}/api/websocket") as ws:
        await ws.receive_json()
        await ws.send_json({"type": "auth", "access_token": token})
        await ws.receive_json()
        stages = {"start_stage": "wake_word", "end_stage": "tts"}
        wanted = {"pipeline": pipeline, "input": {"sample_rate": RATE, "timeout": 10}}
        await ws.send_json({"id": 1, "type": "assist_pipeline/run", **stages, **wanted})
        told: dict[str, Json] = {}
        sending: asyncio.Task[None] | None = None
        async with asyncio.timeout(60):
            while "run-end" not in told:
                message = await ws.receive_json()
                assert message.get("success", True), message
                if message["type"] == "event":
                    event = message["event"]
                    told[event["type"]] = event["data"] or {}
                if "run-start" in told and sending is None:
                    handler = _handler(told["run-start"])
                    sending = asyncio.create_task(_send(ws, handler, pcm))
        if sending is not None:
            sending.cancel()
        return told


def _handler(started: Json) -> int:
    runner = started["runner_data"]
    assert isinstance(runner, dict)
    return int(runner["stt_binary_handler_id"])


async def _send(ws: aiohttp.ClientWebSocketResponse, handler: int, pcm: Pcm) -> None:
    """As fast as life, for the wake word is awaited while it is said; then silence."""
    sound = pcm.tobytes() + bytes(2 * RATE * 20)
    for at in range(0, len(sound), 2 * _AT_ONCE):
        await ws.send_bytes(bytes([handler]) + sound[at : at + 2 * _AT_ONCE])
        await asyncio.sleep(_AT_ONCE / RATE)
