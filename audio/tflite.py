"""The edge to TensorFlow Lite's C library: one small model that keeps a state, 8 bit in and out."""

import ctypes
from ctypes import c_float, c_int, c_size_t, c_void_p
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_OK = 0
_TYPES: dict[int, type[np.uint8 | np.int8]] = {3: np.uint8, 9: np.int8}
"""TfLiteType -> numpy's."""


class TfliteError(Exception):
    """The model cannot be run; the message says what to do."""


class _Scale(ctypes.Structure):
    """TfLiteQuantizationParams: a value is (number - zero) * step."""

    _fields_ = (("step", c_float), ("zero", c_int))


_FUNCTIONS = {
    "ModelCreate": (c_void_p, ctypes.c_char_p, c_size_t),
    "InterpreterOptionsCreate": (c_void_p,),
    "InterpreterOptionsSetNumThreads": (None, c_void_p, c_int),
    "InterpreterCreate": (c_void_p, c_void_p, c_void_p),
    "InterpreterDelete": (None, c_void_p),
    "InterpreterAllocateTensors": (c_int, c_void_p),
    "InterpreterGetInputTensor": (c_void_p, c_void_p, c_int),
    "InterpreterGetOutputTensor": (c_void_p, c_void_p, c_int),
    "InterpreterInvoke": (c_int, c_void_p),
    "TensorType": (c_int, c_void_p),
    "TensorByteSize": (c_size_t, c_void_p),
    "TensorQuantizationParams": (_Scale, c_void_p),
    "TensorCopyFromBuffer": (c_int, c_void_p, c_void_p, c_size_t),
    "TensorCopyToBuffer": (c_int, c_void_p, c_void_p, c_size_t),
}
"""TfLite's C interface as far as it is used: name -> what it gives, what it takes."""


class Tflite:
    """Numbers in, one number out. It lives as long as its process; only `reset` frees anything."""

    def __init__(self, library: Path, model: bytes) -> None:
        """Raises TfliteError."""
        self._lite = ctypes.CDLL(str(library))
        for name, (gives, *takes) in _FUNCTIONS.items():
            function = getattr(self._lite, f"TfLite{name}")
            function.restype, function.argtypes = gives, takes
        self._bytes = model  # the library goes on reading them
        self._model = self._lite.TfLiteModelCreate(model, len(model))
        if not self._model:
            raise TfliteError("This is not a TensorFlow Lite model. Fetch the models again.")
        self._options = self._lite.TfLiteInterpreterOptionsCreate()
        self._lite.TfLiteInterpreterOptionsSetNumThreads(self._options, 1)
        self._interpreter: int | None = None
        self.reset()

    def reset(self) -> None:
        """Forget all that was given; raises TfliteError.

        A new interpreter on the same model: nothing less empties the variables of a streaming one.
        """
        if self._interpreter:
            self._lite.TfLiteInterpreterDelete(self._interpreter)
        self._interpreter = self._lite.TfLiteInterpreterCreate(self._model, self._options)
        self._check(bool(self._interpreter))
        self._check(self._lite.TfLiteInterpreterAllocateTensors(self._interpreter) == _OK)
        self._input = self._lite.TfLiteInterpreterGetInputTensor(self._interpreter, 0)
        self._output = self._lite.TfLiteInterpreterGetOutputTensor(self._interpreter, 0)
        self.size: int = self._lite.TfLiteTensorByteSize(self._input)
        """How many numbers a call takes."""
        self._from = self._lite.TfLiteTensorQuantizationParams(self._input)
        self._to = self._lite.TfLiteTensorQuantizationParams(self._output)
        types = [self._lite.TfLiteTensorType(each) for each in (self._input, self._output)]
        self._check(all(kind in _TYPES for kind in types))
        self._takes, self._gives = (_TYPES[kind] for kind in types)
        self._check(self._lite.TfLiteTensorByteSize(self._output) == 1)

    def __call__(self, values: Floats) -> float:
        """`values`: (size,); raises TfliteError."""
        limits = np.iinfo(self._takes)
        steps = np.rint(values / self._from.step + self._from.zero)
        numbers = np.clip(steps, limits.min, limits.max).astype(self._takes)
        answer = np.zeros(1, self._gives)
        copied = self._lite.TfLiteTensorCopyFromBuffer(self._input, numbers.ctypes, numbers.nbytes)
        self._check(copied == _OK)
        self._check(self._lite.TfLiteInterpreterInvoke(self._interpreter) == _OK)
        self._check(self._lite.TfLiteTensorCopyToBuffer(self._output, answer.ctypes, 1) == _OK)
        return float((int(answer[0]) - self._to.zero) * self._to.step)

    def _check(self, well: bool) -> None:  # noqa: FBT001 - a fact, not a switch
        if not well:
            raise TfliteError("TensorFlow Lite cannot run this model. Fetch the models again.")
