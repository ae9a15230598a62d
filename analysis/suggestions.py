"""What a name that nothing goes by was meant to be."""

import difflib
from collections.abc import Iterable


def suggestion(name: str, known: Iterable[str], otherwise: str = ".") -> str:
    """The end of a sentence that says that nothing is called so: which of `known` is called nearly so, or else `otherwise`."""
    near = difflib.get_close_matches(name, known, n=1)
    return f"; did you mean {near[0]!r}?" if near else otherwise
