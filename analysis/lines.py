"""What was found in an article as one line of JSON, and back: so it lies in the store, and so processes tell each other."""

import dataclasses
import json
import typing

from analysis.corpus import Article
from analysis.types import Asserter, Claim, Extraction, Figure


def to_line(found: Extraction) -> str:
    """Everything found in an article but the article itself, as JSON on one line of ASCII. TypeError where it holds what JSON has not."""
    return json.dumps(
        {
            "claims": [vars(claim) for claim in found.claims],
            "figures": [vars(figure) for figure in found.figures],
            "asserters": [asserter and vars(asserter) for asserter in found.asserters],
            "sentences": found.sentences,
        },
        allow_nan=False,
    )


def from_line(article: Article, line: str | bytes) -> Extraction:
    """What `to_line` wrote of the same article. Whatever a line that is none raises is raised as it is."""
    told = json.loads(line)
    return Extraction(
        article,
        [_row(Claim, row) for row in told["claims"]],
        [_row(Figure, row) for row in told["figures"]],
        [row and _row(Asserter, row) for row in told["asserters"]],
        [(start, end) for start, end in told["sentences"]],
    )


def _row(kind: type, told: dict) -> object:
    """A row of a dataclass, with its lists and pairs as the class declares them."""
    forms = {field.name: typing.get_origin(field.type) for field in dataclasses.fields(kind)}
    return kind(**{name: _formed(forms[name], value) for name, value in told.items()})


def _formed(form: type | None, value: object) -> object:
    if form is list:
        return [tuple(item) for item in value]
    return tuple(value) if form is tuple else value
