"""Write a file so that readers, and whoever looks after the power went, see the one before or this one, whole."""

import os
from pathlib import Path


def write(path: Path, text: str) -> None:
    """Put a text at a path, its line ends as they are."""
    part = path.with_name(f".{path.name}.part")  # hidden, so that no run reads it
    with open(part, "w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
