"""On Record: who says what, and which numbers, by source, in a folder of news articles."""

import os

__version__ = "0.1.0"

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # onnxruntime sends events of its use home, unless it is told so before it is loaded
os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")  # pyarrow's own takes longer to get memory than to read a table into it

__all__ = ["load"]


def __getattr__(name):
    if name == "load":  # brings pandas, which a run that finds nothing changed never needs
        from analysis.opening import load

        return load
    raise AttributeError(f"module 'analysis' has no attribute {name!r}")
