"""The rules of the reading rooms as switches: every function, word list and pattern there, with what it is when it is off.

Nothing is registered by hand: a function that is off gives what its annotation has for "nothing" (None, False, an empty
list, its own argument), a list of words is empty, a pattern matches nothing. What has no such value is no switch.
"""

import ast
import dataclasses
import functools
import importlib
import inspect
import pkgutil
import re
import sys
import typing
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import ModuleType

ROOMS = ("claims", "figures", "sources")
NOT_RULES = {"train"}  # modules that read no article
NOTHING = re.compile(r"(?!)")
LISTS = (set, frozenset, dict, tuple, list)
ITERATED = ("Iterator", "Iterable", "Generator")
CACHED = type(functools.cache(len))
WEIGHTS = {"session", "tokenizer"}  # loaded once, whatever the words


@dataclass(frozen=True)
class Switch:
    """One rule: its name ("figures.standing.link_parts"), its room, what it is (function, words, pattern), on and off.

    `holder` is the class of a method. `changes` says that the function may change what it is given, so that what it returns
    does not tell whether it found anything.
    """

    name: str
    room: str
    what: str
    on: object
    off: object
    holder: type | None = None
    changes: bool = False


def switches(rule: str | None = None) -> list[Switch]:
    """Return the switches in the order of rooms and lines; with `rule` that one, or all whose name begins with it.

    Raises ValueError where no switch is called so.
    """
    found = [switch for room in ROOMS for module in _modules(room) for switch in _of_module(room, module)]
    chosen = [switch for switch in found if rule is None or switch.name == rule or switch.name.startswith(f"{rule}.")]
    if not chosen:
        raise ValueError(f"no rule is called {rule!r}; give a name like {found[0].name} or the beginning of one, like {ROOMS[0]}")
    return chosen


@contextmanager
def turned_off(switch: Switch) -> Iterator[None]:
    """Let the rule be off while the block runs, wherever it was imported."""
    with replaced(switch, switch.off):
        yield


@contextmanager
def replaced(switch: Switch, by: object) -> Iterator[None]:
    """Let something else stand for the rule while the block runs, wherever it was imported."""
    places = _places(switch)
    _forget(switch)
    for place, name in places:
        setattr(place, name, by)
    try:
        yield
    finally:
        for place, name in places:
            setattr(place, name, switch.on)
        _forget(switch)


def nothing_from(function: Callable) -> Callable | None:
    """Return the function that finds nothing in place of this one, or None where no value of its annotation means nothing."""
    signature = inspect.signature(function)
    given = signature.return_annotation
    same = [
        place
        for place, each in enumerate(signature.parameters.values())
        if each.annotation == given and each.annotation is not each.empty
    ]
    if given is bool:
        return lambda *_, **__: False
    if given is None or type(None) in typing.get_args(given):
        return lambda *_, **__: None
    if same and (given is not str or len(signature.parameters) == 1):
        return lambda *values, **__: values[same[0]] if len(values) > same[0] else None
    if getattr(typing.get_origin(given) or given, "__name__", "") in ITERATED:
        return lambda *_, **__: iter(())
    return _empty(given)


def _changes(function: Callable) -> bool:
    """Whether a function returns nothing at all, or one of its arguments."""
    signature = inspect.signature(function)
    given = signature.return_annotation
    return given is None or given is not bool and any(each.annotation == given for each in signature.parameters.values())


def _empty(given: object) -> Callable | None:
    kind, parts = typing.get_origin(given) or given, typing.get_args(given)
    if kind is tuple and parts and parts[-1] is not ... and all(type(None) in typing.get_args(part) for part in parts):
        return lambda *_, **__: (None,) * len(parts)
    if kind in LISTS and (kind is not tuple or parts[-1:] == (...,)):
        return lambda *_, **__: kind()
    return None


def _modules(room: str) -> list[ModuleType]:
    package = importlib.import_module(f"analysis.{room}")
    names = sorted(found.name for found in pkgutil.iter_modules(package.__path__) if found.name not in NOT_RULES)
    return [importlib.import_module(f"analysis.{room}.{name}") for name in names] + [package]


def _of_module(room: str, module: ModuleType) -> Iterator[Switch]:
    within = module.__name__.removeprefix("analysis.")
    for name in _defined(module):
        value = vars(module).get(name)
        if inspect.isclass(value):
            yield from _of_class(room, f"{within}.{name}", value)
        else:
            yield from _of_value(room, f"{within}.{name}", value)


def _defined(module: ModuleType) -> list[str]:
    """The names that a module's own lines give a value, in their order."""
    names = []
    for node in ast.parse(inspect.getsource(module)).body:
        if isinstance(node, ast.Assign):
            names += [name.id for target in node.targets for name in ast.walk(target) if isinstance(name, ast.Name)]
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.append(node.name)
    return names


def _of_value(room: str, name: str, value: object) -> Iterator[Switch]:
    if isinstance(value, re.Pattern):
        yield Switch(name, room, "pattern", value, NOTHING)
    elif inspect.isfunction(value):
        if (off := nothing_from(value)) is not None:
            yield Switch(name, room, "function", value, off, changes=_changes(value))
    elif isinstance(value, LISTS) and value and not name.endswith("__all__"):
        yield Switch(name, room, "words", value, type(value)())
    elif isinstance(value, CACHED) and not inspect.signature(value).parameters:
        yield from _of_data(room, name, value)


def _of_class(room: str, name: str, value: type) -> Iterator[Switch]:
    for method, function in vars(value).items():
        if inspect.isfunction(function) and not method.startswith("__") and (off := nothing_from(function)) is not None:
            yield Switch(f"{name}.{method}", room, "function", function, off, value, _changes(function))


def _of_data(room: str, name: str, load: Callable) -> Iterator[Switch]:
    """A switch for each list in a file of words that a function without arguments loads."""
    given = inspect.signature(load).return_annotation
    if dataclasses.is_dataclass(given) or typing.get_origin(given) is dict:
        for part, rest in _emptied(load()):
            yield Switch(f"{name}.{part}", room, "words", load, lambda rest=rest: rest)


def _emptied(data: object) -> Iterator[tuple[str, object]]:
    """The data without each of its lists in turn; of a table of names each name's words are a list."""
    if isinstance(data, dict):
        for table, words in data.items():
            for name in dict.fromkeys(words.values()) if isinstance(words, dict) else ():
                rest = {word: each for word, each in words.items() if each != name}
                yield f"{table}.{name}", {**data, table: rest}
        return
    for field in dataclasses.fields(data):
        value = getattr(data, field.name)
        if isinstance(value, LISTS) and value:
            yield field.name, dataclasses.replace(data, **{field.name: type(value)()})


def _places(switch: Switch) -> list[tuple[object, str]]:
    """Where the rule stands by name: its class, or every module that defines or imports it."""
    if switch.holder is not None:
        return [(switch.holder, switch.name.rsplit(".", 1)[1])]
    modules = [module for name, module in sys.modules.items() if name.startswith("analysis.")]
    return [(module, name) for module in modules for name, value in vars(module).items() if value is switch.on]


def _forget(switch: Switch) -> None:
    """Empty what was computed from lists of words and kept."""
    for module in _modules(switch.room) if switch.what == "words" else ():
        for name, value in vars(module).items():
            if isinstance(value, CACHED) and name not in WEIGHTS:
                value.cache_clear()
