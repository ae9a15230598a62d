"""The tables as a data package (https://specs.frictionlessdata.io): CSV files, and datapackage.json, which says what is in them."""

import hashlib
import json
from pathlib import Path

import pandas as pd

from analysis import __version__, codebook, manifests, tables
from analysis.corpus import Corpus
from analysis.ids import slug

TYPES = {tables.TEXT: "string", tables.WHOLE: "integer", tables.NUMBER: "number", tables.YES_NO: "boolean"}
DECLARED = manifests.declared()


def write(found: dict[str, pd.DataFrame], corpus: Corpus, folder: Path, bom: bool = False) -> None:
    """Write the CSV files, with a byte order mark or without, and datapackage.json."""
    for name in DECLARED:
        tables.write_csv(found[name], folder / f"{name}.csv", bom)
    package = {
        "profile": "tabular-data-package",
        "name": slug(corpus.name),
        "title": f"On record: {tables.shown(corpus.name)}",
        "description": f"Who says what, and which numbers, by source; found by On Record {__version__}.",
        "resources": [_resource(name, folder, "utf-8-sig" if bom else "utf-8") for name in DECLARED],
    }
    (folder / "datapackage.json").write_text(json.dumps(package, indent=2, ensure_ascii=False) + "\n",
                                             encoding="utf-8", newline="\n")


def _resource(name: str, folder: Path, encoding: str) -> dict:
    data = (folder / f"{name}.csv").read_bytes()
    return {
        "profile": "tabular-data-resource", "name": name, "path": f"{name}.csv",
        "description": f"A row is {codebook.table(name)}.",
        "format": "csv", "mediatype": "text/csv", "encoding": encoding, "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}", "schema": _schema(name),
    }


def _schema(name: str) -> dict:
    fields = [{"name": column, "type": TYPES[kind], "description": codebook.column(column, name)}
              for column, kind in DECLARED[name].items()]
    keys = [
        {"fields": column, "reference": {"resource": other if other != name else "", "fields": tables.IDS[other]}}
        for table, column, other in tables.REFERENCES if table == name
    ]
    schema = {"fields": fields, "missingValues": [""]}
    if name in tables.IDS:
        schema["primaryKey"] = tables.IDS[name]
    return {**schema, "foreignKeys": keys} if keys else schema
