"""Sources: who says it. Pronouns, roles, surnames, acronyms and capitals resolved to one asserter, with a kind."""

from analysis.sources.asserter import Asserter
from analysis.sources.registry import Register, Source, register
from analysis.sources.resolver import resolve

__all__ = ["Asserter", "Register", "Source", "register", "resolve"]
