"""Write the weights as they are shipped, in eight bits."""

from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from analysis.claims import windows as cutting
from analysis.training.network import Tagger


def export(model: Tagger, path: Path) -> None:
    """Write a tagger as ONNX. A reduced range keeps processors without VNNI from saturating, so that rows are the same everywhere."""
    example_input = torch.full((1, 16), cutting.START)
    zero = torch.zeros(1, 16, dtype=torch.long)
    whole = path.with_suffix(".whole.onnx")
    axes = {name: {1: "length"} for name in ("pieces", "shapes", "quotes", "tags", "figure")}
    torch.onnx.export(model.eval(), (example_input, zero, zero), str(whole), dynamo=False, opset_version=17,
                      input_names=["pieces", "shapes", "quotes"], output_names=["tags", "to_cue", "to_source", "figure"],
                      dynamic_axes=axes | {name: {1: "length", 2: "length"} for name in ("to_cue", "to_source")})
    quantize_dynamic(str(whole), str(path), per_channel=True, reduce_range=True, weight_type=QuantType.QInt8,
                     op_types_to_quantize=["MatMul", "Gemm", "Gather"])
    whole.unlink()
