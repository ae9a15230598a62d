"""Make model/words.npy: `python -m analysis.training.distil BASE_FOLDER`.

BASE_FOLDER holds MiniLM-L6 (all-MiniLM-L6-v2, Apache-2.0) as published. Each of its word pieces is read by itself, its
hidden states averaged, the 128 directions of most variance kept and evened out by the square root of their singular
values, and the whole rounded to one byte a number (3.9 MB), after Model2Vec (https://github.com/MinishLab/model2vec).
Needs torch and transformers, which nothing else in On Record does; a minute on one core.

What it is worth, on the pairs of tests/invented/paraphrases.csv (area under the curve, best F1, size): these vectors
.948, .73, 3.9 MB; the whole of MiniLM as a sentence encoder .952, .70, 23 MB; tf-idf over lemmas .788, .60, 0 MB.
"""

import argparse
from pathlib import Path

import numpy
import torch
from transformers import AutoModel

from analysis.compare.similarity import WORDS

WIDTH = 128
FIRST_WORD = 1000  # the pieces before are unused ones and marks
BEGIN, END = 101, 102


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base", type=Path)
    pieces = read_alone(AutoModel.from_pretrained(parser.parse_args().base).eval())
    numpy.save(WORDS, rounded(pieces))


@torch.no_grad()
def read_alone(model: torch.nn.Module) -> numpy.ndarray:
    """What the model makes of each word piece by itself; [pieces, hidden], float32."""
    found = []
    for pieces in torch.arange(model.config.vocab_size).split(1024):
        marks = torch.ones_like(pieces)
        read = model(torch.stack([marks * BEGIN, pieces, marks * END], dim=1)).last_hidden_state
        found.append(read.mean(dim=1).numpy())
    return numpy.concatenate(found)


def rounded(pieces: numpy.ndarray) -> numpy.ndarray:
    """The vectors in WIDTH directions, as int8."""
    centred = pieces - pieces.mean(axis=0)
    _, strengths, directions = numpy.linalg.svd(centred[FIRST_WORD:], full_matrices=False)
    few = centred @ directions[:WIDTH].T / numpy.sqrt(strengths[:WIDTH])
    return numpy.round(few / numpy.abs(few).max() * 127).astype(numpy.int8)


if __name__ == "__main__":
    main()
