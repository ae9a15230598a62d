"""Write the weights as they are shipped, in eight bits."""

from pathlib import Path

import numpy
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from analysis.claims import windows as cutting
from analysis.training.network import Meant, Tagger

OF_WORDS = ("tags", "figure", "asking", "asked")
OF_PAIRS = ("to_cue", "to_source")


def export(model: Tagger, path: Path) -> None:
    """Write a tagger as ONNX. A reduced range keeps processors without VNNI from saturating, so that rows are the same everywhere."""
    example_input = torch.full((1, 16), cutting.START)
    zero = torch.zeros(1, 16, dtype=torch.long)
    whole = path.with_suffix(".whole.onnx")
    axes = {name: {1: "length"} for name in ("pieces", "shapes", "quotes", *OF_WORDS)} | {name: {1: "length", 2: "length"} for name in OF_PAIRS}
    torch.onnx.export(model.eval(), (example_input, zero, zero), str(whole), dynamo=False, opset_version=17,
                      input_names=["pieces", "shapes", "quotes"], output_names=["tags", *OF_PAIRS, "figure", "asking", "asked"],
                      dynamic_axes=axes)
    quantize_dynamic(str(whole), str(path), per_channel=True, reduce_range=True, weight_type=QuantType.QInt8,
                     op_types_to_quantize=["MatMul", "Gemm", "Gather"])
    whole.unlink()


def export_meant(scorer: Meant, path: Path) -> None:
    """Write the scorer of mentions as arrays, in half precision."""
    numpy.savez(path, **{name: weight.numpy().astype(numpy.float16) for name, weight in scorer.state_dict().items()})
