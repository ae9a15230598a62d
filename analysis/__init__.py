"""On Record: who says what, and which numbers, by source, in a folder of news articles."""

import os

__version__ = "0.1.0"

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # onnxruntime sends events of its use home, unless it is told so before it is loaded

from analysis.manifests import load  # noqa: E402

__all__ = ["load"]
