"""Sources: who says it. Pronouns, roles, surnames, acronyms and capitals resolved to one asserter, with a kind."""

from analysis.sources.registry import register
from analysis.sources.resolver import resolve
from analysis.types import Asserter, Register, Source

__all__ = ["Asserter", "Register", "Source", "register", "resolve"]
