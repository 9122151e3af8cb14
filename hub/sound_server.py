"""Asks the sound server whether a program may make it load modules.

Such a server can be told to send the microphone's sound into the network, by any program that is
connected to it: also by a senses that was taken over. Spoken through the server's own library,
which every program has whose sound goes there.
"""

import ctypes
import time
from ctypes import CFUNCTYPE, c_char_p, c_int, c_uint32, c_void_p
from dataclasses import dataclass

_TRIED = (
    # Refused by name, or not found: PipeWire tells which, and nothing is loaded.
    (b"inglenook-asks-whether-modules-may-be-loaded", b""),
    # PulseAudio does not tell; so one that does nothing where no program plays such a role,
    (b"module-role-cork", b"trigger_roles=inglenook-none cork_roles=inglenook-none"),
    # and one that every PulseAudio has: a closed server refuses this too.
    (b"module-null-sink", b"sink_name=inglenook_asks"),
)
"""What is loaded is unloaded at once."""
_READY, _ENDED = 4, (5, 6)
"""pa_context_state_t: PA_CONTEXT_READY; FAILED and TERMINATED."""
_NO_AUTOSPAWN = 1
_DENIED, _NOT_FOUND = 1, 5
"""PA_ERR_ACCESS, PA_ERR_NOENTITY (pulse/def.h)."""
_NOTHING = 0xFFFF_FFFF
"""PA_INVALID_INDEX."""
_PATIENCE = 3.0
_STEP = 100_000
"""Microseconds that one look waits at most."""

_Loaded = CFUNCTYPE(None, c_void_p, c_uint32, c_void_p)
_Unloaded = CFUNCTYPE(None, c_void_p, c_int, c_void_p)


class NoAnswer(Exception):
    """There is no sound server, or none that answers in time."""


def server_loads_modules() -> bool | None:
    """None where there is no sound server, or none that answers within three seconds."""
    try:
        pulse = _library()
    except OSError:
        return None
    loop = pulse.pa_mainloop_new()
    context = pulse.pa_context_new(pulse.pa_mainloop_get_api(loop), b"inglenook doctor")
    try:
        return _Server(pulse, loop, context, time.monotonic() + _PATIENCE).loads_modules()
    except NoAnswer:
        return None
    finally:
        pulse.pa_context_disconnect(context)
        pulse.pa_context_unref(context)
        pulse.pa_mainloop_free(loop)


@dataclass(frozen=True, slots=True)
class _Server:
    pulse: ctypes.CDLL
    loop: int
    context: int
    deadline: float

    def loads_modules(self) -> bool:
        """Raises NoAnswer."""
        self.connect()
        for name, arguments in _TRIED:
            index, error = self.load(name, arguments)
            if index != _NOTHING:
                self.unload(index)
                return True
            if error in {_DENIED, _NOT_FOUND}:
                return error == _NOT_FOUND
        return False

    def connect(self) -> None:
        if self.pulse.pa_context_connect(self.context, None, _NO_AUTOSPAWN, None) < 0:
            raise NoAnswer
        while (state := self.pulse.pa_context_get_state(self.context)) != _READY:
            if state in _ENDED:
                raise NoAnswer
            self.step()

    def load(self, name: bytes, arguments: bytes) -> tuple[int, int]:
        """Its index, or none and the error's number."""
        answers: list[int] = []
        answered = _Loaded(lambda _context, index, _data: answers.append(index))
        self.wait(
            self.pulse.pa_context_load_module(self.context, name, arguments, answered, None),
            answers,
        )
        return answers[0], int(self.pulse.pa_context_errno(self.context))

    def unload(self, index: int) -> None:
        answers: list[int] = []
        answered = _Unloaded(lambda _context, success, _data: answers.append(success))
        self.wait(self.pulse.pa_context_unload_module(self.context, index, answered, None), answers)

    def wait(self, asked: int, answers: list[int]) -> None:
        try:
            while not answers:
                self.step()
        finally:
            self.pulse.pa_operation_cancel(asked)
            self.pulse.pa_operation_unref(asked)

    def step(self) -> None:
        """Raises NoAnswer when the server has gone, or too much time."""
        alive = self.pulse.pa_mainloop_prepare(self.loop, _STEP) >= 0
        alive = alive and self.pulse.pa_mainloop_poll(self.loop) >= 0
        alive = alive and self.pulse.pa_mainloop_dispatch(self.loop) >= 0
        if not alive or time.monotonic() > self.deadline:
            raise NoAnswer


def _library() -> ctypes.CDLL:
    """Raises OSError where it is not installed."""
    pulse = ctypes.CDLL("libpulse.so.0")
    pulse.pa_mainloop_new.restype = pulse.pa_mainloop_get_api.restype = c_void_p
    pulse.pa_context_new.restype = c_void_p
    pulse.pa_context_load_module.restype = pulse.pa_context_unload_module.restype = c_void_p
    one = (c_void_p,)
    pulse.pa_mainloop_get_api.argtypes = pulse.pa_mainloop_free.argtypes = one
    pulse.pa_mainloop_poll.argtypes = pulse.pa_mainloop_dispatch.argtypes = one
    pulse.pa_mainloop_prepare.argtypes = (c_void_p, c_int)
    pulse.pa_context_new.argtypes = (c_void_p, c_char_p)
    pulse.pa_context_connect.argtypes = (c_void_p, c_char_p, c_int, c_void_p)
    pulse.pa_context_get_state.argtypes = pulse.pa_context_errno.argtypes = one
    pulse.pa_context_disconnect.argtypes = pulse.pa_context_unref.argtypes = one
    pulse.pa_operation_cancel.argtypes = pulse.pa_operation_unref.argtypes = one
    pulse.pa_context_load_module.argtypes = (c_void_p, c_char_p, c_char_p, _Loaded, c_void_p)
    pulse.pa_context_unload_module.argtypes = (c_void_p, c_uint32, _Unloaded, c_void_p)
    return pulse
