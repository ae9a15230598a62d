"""What people correct by hand, and the names they give: files beside the articles, applied on every run.

A correction is tied to the words of its row, so that it finds the row again when rules are altered and rows are numbered
anew; one that finds its row no more is listed, and changes nothing.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from analysis.corpus import Article, Corpus, Span
from analysis.corpus.sidecars import read_rows
from analysis.ids import slug
from analysis.tables import LONGEST_SENTENCE, frame, quote, rows, sentence, shown, unguarded
from analysis.types import SOURCE_KINDS, STANCES

FILES, ALIASES_FILE = "corrections*.csv", "aliases.csv"
COLUMNS = ("row", "quote", "sentence", "what", "value", "who", "when", "why")
OF_CLAIMS, OF_FIGURES = ("source", "stance", "reject", "accept"), ("source", "value", "measure", "standing", "group",
                                                                   "reject", "accept")
ADDED, READ = ("add claim", "add figure"), "read"  # an article that was read whole: what is not in its rows is not in it
JUDGED = {"reject": "rejected", "accept": "right"}
VALUE = re.compile(r"(>=|<=|>|<|~|=)?\s*(\d[\d,]*(?:\.\d+)?)(?:\s*(?:-|–|to)\s*(\d[\d,]*(?:\.\d+)?))?")
PART_OF = "part of "
APPLIED, OVERRULED = "applied", "overruled by "
BY_HAND = "correction"


@dataclass(frozen=True)
class Correction:
    """A row of a file of corrections: which row (its id, or its article's), its words, what of it is to be what, and who says so."""

    place: str
    row: str
    quote: str
    sentence: str
    what: str
    value: str
    who: str
    when: str
    why: str


def found_its_row(state: str) -> bool:
    """Whether the `state` of a correction says that its row was found, even if another overruled it."""
    return state == APPLIED or state.startswith(OVERRULED)


class Unapplied(ValueError):
    """Why a correction changes nothing."""


def read_corrections(folder: str | Path) -> list[Correction]:
    """All rows of all files corrections*.csv at the top of a folder, adding ones first, then in the order of files and rows.

    Where two tell the same of one row, the later `when` goes last, and holds. Raises ValueError naming file, row and mend
    where a file is no such table.
    """
    found = []
    for path in sorted(Path(folder).glob(FILES)):
        for number, cells in read_rows(path, COLUMNS, "row", "what"):
            told = {name: unguarded(cells.get(name, "")) for name in COLUMNS}
            found.append(Correction(f"{path.name}, row {number}", **told))
    return sorted(found, key=lambda each: (each.what not in ADDED, each.when))


def read_aliases(folder: str | Path) -> dict[str, tuple[str, str]]:
    """The rows of aliases.csv (`name,alias,kind`): by alias, in lower case, the name that it stands for and the kind, "" where none is given.

    A name is an alias of itself. Raises ValueError naming file, row and mend.
    """
    path, known = Path(folder) / ALIASES_FILE, {}
    for number, cells in read_rows(path, ("name", "alias", "kind"), "name"):
        name, kind = cells["name"], cells.get("kind", "")
        if kind and kind not in SOURCE_KINDS:
            raise ValueError(f"{path}: row {number} has the kind {kind[:60]!r}; give one of {', '.join(SOURCE_KINDS)}, or none.")
        for alias in (cells.get("alias") or name, name):
            first = known.setdefault(alias.casefold(), (name, kind))
            if first[0] != name:
                raise ValueError(f"{path}: row {number} gives {alias[:60]!r} to {name[:60]!r}, and a row before to {first[0][:60]!r}; "
                                 "delete one of them.")
            known[alias.casefold()] = (name, kind or first[1])
    return known


def renamed(asserters: list, aliases: dict[str, tuple[str, str]]) -> list:
    """Asserters of an article under the names that a person gave; the name in the text stays as another name."""
    return [each and _renamed(each, aliases) for each in asserters] if aliases else asserters


def _renamed(each, aliases):
    found = next((aliases[name.casefold()] for name in (each.name, *each.aliases) if name.casefold() in aliases), None)
    if found is None:
        return each
    name, kind = found
    others = tuple(dict.fromkeys(other for other in (each.name, *each.aliases) if other != name))
    return replace(each, name=name, kind=kind or each.kind, aliases=others)


def corrected(tables: dict[str, pd.DataFrame], corpus: Corpus, corrections: list[Correction], outlets: dict[str, str]) -> dict[str, pd.DataFrame]:
    """The tables as corrected, with a row in `corrections` for each correction, which says what it changed, or why it changed nothing.

    `outlets` has the source_id of each article's outlet.
    """
    if not corrections:
        return tables
    work = _Work(tables, {shown(article.article_id): article for article in corpus.articles}, outlets)
    told, last = [], {}
    for each in corrections:
        told.append({**vars(each), "before": "", "after": "", "spans": "[]", "state": APPLIED})
        try:
            told[-1] |= work.apply(each)
        except Unapplied as why:
            told[-1]["state"] = str(why)
            continue
        before = last.setdefault((told[-1]["row"], each.what), told[-1])
        if before is not told[-1]:
            before["state"], last[told[-1]["row"], each.what] = OVERRULED + each.place, told[-1]
    return {**tables, **work.tables(), "corrections": frame("corrections", told)}


class _Work:
    """The rows of claims, figures and sources while they are corrected."""

    def __init__(self, tables: dict[str, pd.DataFrame], articles: dict[str, Article], outlets: dict[str, str]) -> None:
        self.claims = {row["claim_id"]: row for row in rows(tables["claims"])}
        self.figures = {row["figure_id"]: row for row in rows(tables["figures"])}
        self.sources = {row["source_id"]: row for row in rows(tables["sources"])}
        self.called = by_name(self.sources.values())
        self.articles = articles
        self.outlets = outlets

    def tables(self) -> dict[str, pd.DataFrame]:
        """The tables that corrections change, sources counted anew."""
        claims, figures = list(self.claims.values()), list(self.figures.values())
        for source in self.sources.values():
            own = [[row["article_id"] for row in table if row["source_id"] == source["source_id"]] for table in (claims, figures)]
            source |= {"claims": len(own[0]), "figures": len(own[1]), "articles": len({*own[0], *own[1]})}
        order = {article_id: place for place, article_id in enumerate(self.articles)}
        return {
            "claims": frame("claims", sorted(claims, key=lambda row: order[row["article_id"]])),
            "figures": frame("figures", sorted(figures, key=lambda row: order[row["article_id"]])),
            "sources": frame("sources", [self.sources[source_id] for source_id in sorted(self.sources)]),
        }

    def apply(self, each: Correction) -> dict:
        """Change what a correction tells of; dict of `row`, where its words stand (`spans`), `before` and `after`. Raises Unapplied."""
        if each.what in ADDED:
            return self._add(each)
        if each.what == READ:
            return {"row": self._article(each).article_id, "after": "read whole"}
        name, row = self._found(each)
        fields = OF_CLAIMS if name == "claims" else OF_FIGURES
        if each.what not in fields:
            raise Unapplied(f"its what {each.what[:60]!r} is none of {', '.join((*fields, *ADDED, READ))}")
        check_value(each.what, each.value)
        before = self._said(row, each.what)
        getattr(self, f"_{each.what}")(row, each.value)
        return {
            "row": row["figure_id" if name == "figures" else "claim_id"],
            "spans": row["content_spans"] if name == "claims" else json.dumps([[row["start"], row["end"]]]),
            "before": before,
            "after": JUDGED.get(each.what) or self._said(row, each.what),
        }

    def _article(self, each: Correction) -> Article:
        if each.row not in self.articles:
            raise Unapplied(f"an orphan: {each.row[:60]!r} is none of the articles")
        return self.articles[each.row]

    def _found(self, each: Correction) -> tuple[str, dict]:
        """The row that a correction tells of: the one so called, where it quotes these words, else the one in its article that does."""
        if not each.quote:
            raise Unapplied("it has no quote; give the words of its row")
        article_id = each.row if each.row in self.articles else each.row.rpartition(".")[0]
        if article_id not in self.articles:
            raise Unapplied(f"an orphan: {article_id[:60]!r} is none of the articles")
        found = [(name, row) for name, table, column in (("claims", self.claims, "content"), ("figures", self.figures, "text"))
                 for row in table.values() if row["article_id"] == article_id and _plain(row[column]) == _plain(each.quote)]
        if each.sentence:
            found = [(name, row) for name, row in found if _same_sentence(row["sentence"], each.sentence)]
        named = [(name, row) for name, row in found
                 if each.row in (row.get("figure_id"), row["claim_id"] if name == "claims" else None)]
        found = named or found
        if len(found) == 1:
            return found[0]
        raise Unapplied(f"{len(found)} rows of the article quote these words; give the sentence" if found
                        else "an orphan: no row of the article quotes these words")

    def _said(self, row: dict, what: str) -> str:
        """What a row says, in words."""
        if what == "source":
            return self.sources[row["source_id"]]["name"] if row["source_id"] else ""
        if what == "value":
            ends = [row["low"], row["high"]] if row["value"] is None else [row["value"]]
            return row["comparator"] + " " + " to ".join("" if end is None else f"{end:g}" for end in ends)
        if what == "standing":
            return PART_OF + self.figures[row["part_of"]]["text"] if row["part_of"] else "background" if row["background"] else "whole"
        if what == "group":
            return row["counted"] or row["unit"]
        return str(row.get(what) or "") if what not in JUDGED else str(row.get("content") or row["text"])

    def _accept(self, row: dict, value: str) -> None:
        """A row that a person found right stays as it is."""

    def _source(self, row: dict, value: str) -> None:
        row["source_id"] = self._source_id(value, row["article_id"]) if value else None
        if "figure_id" in row:
            row["source_id"] = row["source_id"] or self.outlets[row["article_id"]]
        else:
            self._hand_down(row)

    def _source_id(self, name: str, article_id: str) -> str:
        """The id of a source by its id, name or another name of it; a new one where nobody is called so."""
        if found := self.called.get(name.casefold()):
            heard = {row["source_id"] for row in self.claims.values() if row["article_id"] == article_id} if len(found) > 1 else found
            return next((source_id for source_id in found if source_id in heard), found[0])
        source_id = slug(name)
        while source_id in self.sources:
            source_id += "-2"
        self.called |= {source_id: [source_id], name.casefold(): [source_id]}
        self.sources[source_id] = {
            "source_id": source_id, "name": shown(name), "kind": "unnamed" if name.islower() else "person", "aliases": "[]",
            "description": "named by a correction", "articles": 0, "claims": 0, "figures": 0,
        }
        return source_id

    def _hand_down(self, claim: dict) -> None:
        """Give the figures that stand in a claim, and in those inside it without a source, to whom the claim is now given."""
        inside = {claim["claim_id"]}
        for row in self.claims.values():
            if row["parent_id"] in inside and not row["source_id"]:
                inside.add(row["claim_id"])
        for figure in self.figures.values():
            if figure["claim_id"] in inside:
                figure["source_id"] = self._asserting(figure["claim_id"]) or self.outlets[figure["article_id"]]

    def _asserting(self, claim_id: str | None) -> str | None:
        while claim_id and not self.claims[claim_id]["source_id"]:
            claim_id = self.claims[claim_id]["parent_id"]
        return self.claims[claim_id]["source_id"] if claim_id else None

    def _stance(self, row: dict, value: str) -> None:
        row["stance"] = value

    def _value(self, row: dict, value: str) -> None:
        row |= _number(value)

    def _measure(self, row: dict, value: str) -> None:
        row["measure"] = value or None

    def _standing(self, row: dict, value: str) -> None:
        row |= {
            "part_of": self._whole(row, value.removeprefix(PART_OF)) if value.startswith(PART_OF) else None,
            "background": BY_HAND if value == "background" else None,
        }

    def _whole(self, part: dict, words: str) -> str:
        """The id of the other figure of the article that has these words."""
        found = [row["figure_id"] for row in self.figures.values()
                 if row["article_id"] == part["article_id"] and row is not part and row["text"] == words]
        if len(found) != 1:
            raise Unapplied(f"{len(found) or 'no'} other figures of the article are {words[:60]!r}, so it can be part of none")
        return found[0]

    def _group(self, row: dict, value: str) -> None:
        """What is counted: by words of the sentence, where they stand there."""
        at = row["sentence"].find(value) if value else -1
        start = row["sentence_start"] + at
        row |= ({"counted": value, "counted_spans": json.dumps([[start, start + len(value)]])} if at >= 0
                else {"unit": value, "counted": "", "counted_spans": "[]"})

    def _reject(self, row: dict, value: str) -> None:
        if "figure_id" in row:
            del self.figures[row["figure_id"]]
            for other in self.figures.values():
                other["part_of"] = None if other["part_of"] == row["figure_id"] else other["part_of"]
            return
        del self.claims[row["claim_id"]]
        for other in (*self.claims.values(), *self.figures.values()):
            column = "claim_id" if "figure_id" in other else "parent_id"
            if other[column] == row["claim_id"]:
                other[column] = row["parent_id"]
                if column == "claim_id":
                    other["source_id"] = self._asserting(row["parent_id"]) or self.outlets[other["article_id"]]

    def _add(self, each: Correction) -> dict:
        text = self._article(each).text
        span, (start, end) = anchored(text, each)
        common = {"article_id": each.row, "confidence": 1.0, "sentence_start": start, "sentence_end": end,
                  "sentence": sentence(text, start, end)}
        letter, table = ("c", self.claims) if each.what == "add claim" else ("f", self.figures)
        numbers = [int(row_id.rpartition(letter)[2]) for row_id, row in table.items() if row["article_id"] == each.row]
        row_id = f"{each.row}.{letter}{1 + max(numbers, default=0)}"
        own = self._new_claim(each, text, span, (start, end)) if letter == "c" else self._new_figure(each, text, span)
        table[row_id] = {"claim_id" if letter == "c" else "figure_id": row_id, **common, **own}
        return {"row": row_id, "spans": json.dumps([span]), "after": each.value or each.quote}

    def _new_claim(self, each: Correction, text: str, span: Span, around: Span) -> dict:
        at = text.find(each.value, *around) if each.value else -1
        named = [(at, at + len(each.value))] if at >= 0 else []
        return {
            "kind": "indirect", "source_id": self._source_id(each.value, each.row) if each.value else None,
            "source": quote(text, named), "cue": "",
            "content": shown(text[slice(*span)]), "basis": "", "stance": "says", "negated": False, "parent_id": None, "found_by": BY_HAND,
            "source_spans": json.dumps(named), "cue_spans": "[]", "content_spans": json.dumps([span]), "basis_spans": "[]",
        }

    def _new_figure(self, each: Correction, text: str, span: Span) -> dict:
        claim_id = self._around(each.row, span)
        return {
            "claim_id": claim_id, "source_id": self._asserting(claim_id) or self.outlets[each.row], "source": "",
            "text": shown(text[slice(*span)]),
            "kind": "count", **_number(each.value or each.quote), "unit": "", "counted": "", "measure": None, "part_of": None,
            "background": None,
            "start": span[0], "end": span[1], "counted_spans": "[]",
        }

    def _around(self, article_id: str, span: Span) -> str | None:
        """The innermost claim of an article whose content holds a span."""
        found = [(end - start, row["claim_id"]) for row in self.claims.values() if row["article_id"] == article_id
                 for start, end in json.loads(row["content_spans"]) if start <= span[0] and span[1] <= end]
        return min(found)[1] if found else None


def by_name(sources: Iterable[dict]) -> dict[str, list[str]]:
    """The ids of sources (rows of their table) by what they are called, in lower case: their name, other names, and id, which goes before names."""
    called, ids = defaultdict(list), []
    for row in sources:
        ids.append(row["source_id"])
        for name in dict.fromkeys(name.casefold() for name in (row["name"], *json.loads(row["aliases"]))):
            called[name].append(row["source_id"])
    return {**called, **{source_id: [source_id] for source_id in ids}}


def check_value(what: str, value: str) -> None:
    """Raise Unapplied where a value is none that `what` of a row can be; of words in the article, only applying it tells."""
    if what == "stance" and value not in STANCES:
        raise Unapplied(f"its value {value[:60]!r} is none of {', '.join(STANCES)}")
    if what == "value":
        _number(value)
    if what == "standing" and value not in ("whole", "background") and not value.startswith(PART_OF):
        raise Unapplied(f"its value {value[:60]!r} is none of whole, background, {PART_OF}<the words of a figure>")


def anchored(text: str, each: Correction) -> tuple[Span, Span]:
    """Where the quote of an added row stands in the article's text, and its sentence. Raises Unapplied where it stands nowhere or twice."""
    around = text.find(each.sentence) if each.sentence else 0
    start = text.find(each.quote, max(around, 0)) if each.quote else -1
    again = not each.sentence and each.quote and text.find(each.quote, start + 1) >= 0
    if start < 0 or around < 0:
        raise Unapplied("an orphan: its words stand nowhere in the article")
    if again:
        raise Unapplied("its words stand in the article more than once; give the sentence")
    first = max(text.rfind(mark, 0, start) for mark in (". ", "\n", "! ", "? ")) + 1
    last = min((at for at in (text.find(mark, start + len(each.quote)) for mark in (".", "\n")) if at >= 0), default=len(text))
    span = start, start + len(each.quote)
    return span, (around, around + len(each.sentence)) if each.sentence else (first + (text[first] == " "), max(last, span[1]))


def _number(value: str) -> dict:
    """Value, low, high and comparator of a number as a person writes it: 14, >= 14, ~ 1,000, 10 to 20."""
    found = VALUE.fullmatch(value.strip())
    if not found:
        raise Unapplied(f"its value {value[:60]!r} is no number; write it as 14, >= 14, ~ 1,000 or 10 to 20")
    sign, *ends = found.groups()
    first, last = (float(end.replace(",", "")) if end else None for end in ends)
    if last is not None:
        return {"value": None, "low": first, "high": last, "comparator": "range"}
    return {"value": first, "low": None, "high": None, "comparator": sign or "="}


def _same_sentence(one: str, other: str) -> bool:
    """Whether two are one sentence, or one is a part of the other, as altered rules may cut sentences elsewhere."""
    one, other = _plain(one), _plain(other)
    return one in other or other in one


def _plain(text: str) -> str:
    """Words for comparing: no matter how white space is written, or that a row holds no more than a beginning."""
    return " ".join(text[:LONGEST_SENTENCE].split())
