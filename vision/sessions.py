"""An onnxruntime session as vision wants it: few threads that do not spin: speech goes first."""

import cv2
import onnxruntime as ort
from onnxruntime.capi import onnxruntime_pybind11_state as errors

from vision.engines import EngineError

_ERRORS = (
    *(errors.Fail, errors.InvalidArgument, errors.InvalidGraph, errors.InvalidProtobuf),
    *(errors.NoModel, errors.NotImplemented),
)
"""All that onnxruntime raises for a model; they have no class in common."""


def session(model: bytes, threads: int) -> ort.InferenceSession:
    """Raises EngineError for what is no ONNX model that this onnxruntime can run."""
    cv2.setNumThreads(1)  # its own would spin on the core that the session needs
    options = ort.SessionOptions()
    options.intra_op_num_threads = max(1, threads)
    options.inter_op_num_threads = 1
    options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_ALL
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    try:
        return ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    except _ERRORS as error:
        raise EngineError(f"The model cannot be run: {str(error).splitlines()[0]}") from error
