"""Make the weights: `python -m analysis.training DATA_FOLDER BASE_FOLDER`.

DATA_FOLDER holds claims/polnear.train.jsonl ({"id", "text", "attributions": [{"source", "cue", "content"}]} a line, spans of
characters) and reading/*.jsonl ({"id", "text", "sources", "claims", "figures"} a line: articles labelled whole); BASE_FOLDER
the MiniLM-L6 weights (model.safetensors, Apache-2.0). Needs the extra [train]. The first stage takes one to two hours
on two cores, the second less than one; `--start FOLDER` begins with the second, on the weights (tagger.onnx, and meant.npz where
it is there) of an earlier run.
"""

import argparse
from pathlib import Path

from analysis.claims import tagger
from analysis.training import claims, heads
from analysis.training.articles import labelled
from analysis.training.examples import Sentences
from analysis.training.export import export, export_meant
from analysis.training.network import Meant, Tagger, load_meant, load_onnx
from analysis.training.parts import is_aside, rows_of, split

SEED, EPOCHS = 1, 4


def first_stage(data: Path, base: Path, out: Path) -> Path:
    """Teach claims on PolNeAR; return the folder where the tagger is."""
    rows = rows_of(data / "claims" / "polnear.train.jsonl")
    path = out / "first" / "tagger.onnx"
    path.parent.mkdir(exist_ok=True)
    export(claims.train(rows, base, epochs=8, rate=1.5e-4, seed=SEED), path)
    return path.parent


def second_stage(data: Path, start: Path, out: Path, epochs: int, seconds: float) -> None:
    """Teach all heads on the articles labelled whole, without those kept aside; write the weights."""
    tokenizer = tagger.tokenizer()
    rows = [row for style in split(data)[0].values() for row in style]
    known = {row["id"] for row in rows}
    others = [row for row in rows_of(data / "claims" / "polnear.train.jsonl") if row["id"] not in known and not is_aside(row["id"], {})]
    model, scorer = Tagger(), Meant()
    load_onnx(model, start / "tagger.onnx")
    if (start / "meant.npz").exists():
        load_meant(scorer, start / "meant.npz")
    model, scorer = heads.train(list(labelled(rows, tokenizer)), others, Sentences(others), model, scorer, tokenizer, epochs, seed=SEED, seconds=seconds)
    export(model, out / "tagger.onnx")
    export_meant(scorer, out / "meant.npz")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("base", type=Path)
    parser.add_argument("--start", type=Path, help="a folder with the weights of an earlier run, to go on from")
    parser.add_argument("--epochs", type=int, default=EPOCHS, help="of the second stage")
    parser.add_argument("--out", type=Path, default=tagger.MODEL.parent)
    parser.add_argument("--seconds", type=float, default=3600, help="of the second stage, at the most")
    arguments = parser.parse_args()
    start = arguments.start or first_stage(arguments.data, arguments.base, arguments.out)
    second_stage(arguments.data, start, arguments.out, arguments.epochs, arguments.seconds)


if __name__ == "__main__":
    main()
