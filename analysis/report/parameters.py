"""The parameters of notebooks: each notebook's parameters cell declares them, and is read without running anything."""

import ast
import io
import json
import math
import re
import tokenize
import tomllib
from pathlib import Path
from typing import NamedTuple

from analysis.suggestions import suggestion

TYPES = {"str": str, "int": int, "float": (float, int), "bool": bool, "list[str]": list}
TAG = "parameters"
SET_HERE = ("corpus", "tables_folder")  # by the report itself
SEVERAL = ("event", "source")  # a list of these makes a notebook of each
CHOICES = re.compile(r"one of ([\w-]+(?:, [\w-]+)+): (.*)")
TRUTHS = {"true": True, "yes": True, "false": False, "no": False}


class Parameter(NamedTuple):
    """One line of a parameters cell: `by: str = "stance"  # one of stance, kind: what the colours show`."""

    name: str
    type: str
    default: object
    help: str
    choices: tuple[str, ...]


def declared(notebook):
    """The parameters that a notebook declares.

    Args:
        notebook: Path.

    Returns:
        dict of name to Parameter; empty where the notebook has no cell tagged "parameters".

    Raises ValueError, naming the notebook and the line, where a line is not `name: type = literal  # help`.
    """
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        tagged = ["".join(cell["source"]) for cell in cells if TAG in cell["metadata"].get("tags", [])]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ValueError(f"{notebook}: this cannot be read as a notebook ({error}).") from error
    return {parameter.name: parameter for source in tagged[:1] for parameter in _read_cell(source, notebook.name)}


def _read_cell(source, name):
    try:
        lines = ast.parse(source).body
    except SyntaxError as error:
        raise ValueError(f"{name}: its parameters cell, line {error.lineno}, is no Python.") from error
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    comments = {token.start[0]: token.string.lstrip("# ") for token in tokens if token.type == tokenize.COMMENT}
    for line in lines:
        try:
            yield _parameter(line, comments.get(line.end_lineno, ""))
        except (ValueError, AttributeError):
            wanted = f"name: type = value  # help, of type {', '.join(TYPES)}"
            raise ValueError(f"{name}: its parameters cell, line {line.lineno}, is not `{wanted}`.") from None


def _parameter(line, comment):
    kind, default = ast.unparse(line.annotation), ast.literal_eval(line.value)
    listed = CHOICES.fullmatch(comment)
    choices, told = (tuple(listed[1].split(", ")), listed[2]) if listed else ((), comment)
    parameter = Parameter(line.target.id, kind, default, told, choices)
    if kind not in TYPES or _fault(parameter, default):
        raise ValueError
    return parameter


def check(given, notebooks):
    """Check parameters before any kernel starts.

    Args:
        given: dict of name to value.
        notebooks: list of Path, those that are to run.

    Raises ValueError, one sentence for each name that no notebook declares or that is not for the caller to set, and
    for each value of another type or beside the choices.
    """
    known = _known(notebooks)
    faults = [_name_fault(name, known) or _value_fault(known[name], value) for name, value in given.items()]
    if any(faults):
        raise ValueError(" ".join(filter(None, faults)))


def _known(notebooks):
    return {name: parameter for notebook in notebooks for name, parameter in declared(notebook).items()}


def _name_fault(name, known):
    if name in SET_HERE:
        return f"Parameter {name!r} is set by the report itself; leave it out."
    if name in known:
        return None
    free = [other for other in known if other not in SET_HERE]
    return f"No notebook has a parameter {name!r}" + suggestion(name, free, f"; there are {', '.join(sorted(free))}.")


def _value_fault(parameter, value):
    values = value if parameter.name in SEVERAL and isinstance(value, list) and value else [value]
    return next(filter(None, (_fault(parameter, one) for one in values)), None)


def _fault(parameter, value):
    name, kind, choices = parameter.name, parameter.type, parameter.choices
    fits = isinstance(value, TYPES[kind]) and (kind == "bool" or not isinstance(value, bool))
    if fits and isinstance(value, float) and not math.isfinite(value):
        return f"Parameter {name!r} must be a number, not {value!r}."
    if not fits or isinstance(value, list) and not all(isinstance(item, str) for item in value):
        return f"Parameter {name!r} must be {kind}, not {value!r} ({type(value).__name__})."
    odd = next((item for item in (value if isinstance(value, list) else [value]) if choices and item not in choices), None)
    if odd is None:
        return None
    return f"Parameter {name!r} must be one of {', '.join(choices)}, not {odd!r}" + suggestion(str(odd), choices)


def read_file(path):
    """The parameters in a TOML file, `name = value` a line: dict of name to value; ValueError where it is no TOML."""
    try:
        return tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise ValueError(f"{path}: this is no TOML ({error}).") from error


def read_words(words, notebooks):
    """The parameters in words "name=value", as their notebooks declare them; a name that comes again makes a list.

    A value that is not of the declared type stays text, for `check` to tell of. ValueError where a word has no "=".
    """
    known, given = _known(notebooks), {}
    for word in words:
        name, equals, text = word.partition("=")
        if not equals:
            raise ValueError(f"{word!r} is no parameter; write it as name=value.")
        value = _value(text, known[name].type) if name in known else text
        given[name] = [*_listed(given[name]), *_listed(value)] if name in given else value
    return given


def _listed(value):
    return value if isinstance(value, list) else [value]


def _value(text, kind):
    if kind == "list[str]":
        return [text]
    if kind == "bool":
        return TRUTHS.get(text.lower(), text)
    try:
        return {"int": int, "float": float}.get(kind, str)(text)
    except ValueError:
        return text


def help_of(notebook):
    """What a notebook's parameters are, a line for each: name, type, default, choices, help."""
    return "\n".join(map(_help, declared(notebook).values()))


def _help(parameter):
    choices = f" One of {', '.join(parameter.choices)}." if parameter.choices else ""
    return f"{parameter.name}: {parameter.type} = {parameter.default!r}\n    {parameter.help}.{choices}"
