"""Small ONNX graphs that answer as a detector would: for engines whose models no registry has."""

from collections.abc import Mapping, Sequence

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

Shape = Sequence[int | str]


def graph(
    inputs: Mapping[str, tuple[Shape, int]], outputs: Mapping[str, NDArray[np.generic]]
) -> bytes:
    """A model that gives these arrays, whatever it is shown; `inputs`: shape and type."""
    nodes, told, values = [], [], []
    for name, array in outputs.items():
        values.append(numpy_helper.from_array(array, f"{name}_value"))
        nodes.append(helper.make_node("Identity", [f"{name}_value"], [name]))
        kind = helper.np_dtype_to_tensor_dtype(array.dtype)
        told.append(helper.make_tensor_value_info(name, kind, array.shape))
    given = [
        helper.make_tensor_value_info(name, kind, shape) for name, (shape, kind) in inputs.items()
    ]
    made = helper.make_model(
        helper.make_graph(nodes, "test", given, told, values),
        opset_imports=[helper.make_opsetid("", 17)],
        ir_version=9,
    )
    onnx.checker.check_model(made)
    return bytes(made.SerializeToString())


PICTURE = {"images": ((1, 3, 64, 64), TensorProto.FLOAT)}
