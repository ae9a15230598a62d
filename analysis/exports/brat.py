"""Claims and figures as brat standoff (https://brat.nlplab.org/standoff.html), out and in: NAME.txt and NAME.ann for each article.

A claim is its content (T), with relations (R) to its source, its words of saying and the claim it stands inside; a figure is a T
of its own. What brat has no room for stands in a note (#), so that what is read is what was written.
"""

import json
import re
from pathlib import Path

import pandas as pd

from analysis.corpus import Corpus
from analysis.tables import rows, shown

ROLES = {"source": "Source", "cue": "Cue"}
KINDS = {"content": "Claim", **ROLES}
WORDLESS = "wordless"  # in the note of an article: claims of which no words are told, each with its place among the others
ENTITY = re.compile(r"(T\d+)\t(\w+) ([\d ;]+)\t.*")


def export(tables: dict[str, pd.DataFrame], corpus: Corpus, folder: Path) -> None:
    """Write the articles of a corpus with what was found in them."""
    found = {article.article_id: {"id": article.article_id, "text": article.text, "claims": [], "figures": []}
             for article in corpus.articles}
    known = {shown(article_id): row for article_id, row in found.items()}
    for row in rows(tables["claims"]):
        spans = {role: json.loads(row[f"{role}_spans"]) for role in ("source", "cue", "content")}
        facts = {"kind": row["kind"], "stance": row["stance"], "parent": row["parent_id"]}
        known[row["article_id"]]["claims"].append({"id": row["claim_id"], **spans, **facts})
    for row in rows(tables["figures"]):
        facts = {name: row[name] for name in ("value", "low", "high", "comparator", "kind", "unit", "counted", "measure")}
        known[row["article_id"]]["figures"].append({"id": row["figure_id"], "span": [row["start"], row["end"]],
                                                    "claim": row["claim_id"], **facts})
    write(list(found.values()), folder)


def write(articles: list[dict], folder: str | Path) -> None:
    """Write articles with their claims and figures, as lines of gold or of `onrecord extract` have them, with `text`."""
    for number, article in enumerate(articles, 1):
        name = f"{number:05}"  # an id may be no name of a file
        note = {key: value for key, value in article.items() if key not in ("text", "claims", "figures")}
        if wordless := [[place, claim] for place, claim in enumerate(article.get("claims", [])) if not _own_words(claim)]:
            note[WORDLESS] = wordless
        (Path(folder) / f"{name}.txt").write_bytes(article["text"].encode("utf-8", "surrogatepass"))
        lines = [f"#0\tAnnotatorNotes T0\t{_note(note)}", *_lines(article)]
        (Path(folder) / f"{name}.ann").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def _lines(article: dict):
    """The lines of an article: the entities, relations and notes of each claim, then of each figure."""
    text, entities, relations, contents = article["text"], 0, 0, {}
    for claim in filter(_own_words, article.get("claims", [])):
        own = {}
        for role, spans in _own_words(claim).items():
            entities += 1
            own[role] = entities
            yield _entity(entities, KINDS[role], spans, text)
        contents[claim.get("id")] = own.get("content")
        for role in ROLES:
            if role in own and "content" in own:
                relations += 1
                yield f"R{relations}\t{ROLES[role]}Of Arg1:T{own[role]} Arg2:T{own['content']}"
        if contents.get(claim.get("parent")) and "content" in own:
            relations += 1
            yield f"R{relations}\tInside Arg1:T{own['content']} Arg2:T{contents[claim['parent']]}"
        yield f"#{min(own.values())}\tAnnotatorNotes T{min(own.values())}\t{_note({'of': own, **{k: v for k, v in claim.items() if k not in own}})}"
    for figure in article.get("figures", []):
        entities += 1
        yield _entity(entities, "Figure", [figure["span"]], text)
        yield f"#{entities}\tAnnotatorNotes T{entities}\t{_note({key: value for key, value in figure.items() if key != 'span'})}"


def _own_words(claim: dict) -> dict:
    """The spans of a claim, by role; empty where no words of it are told."""
    return {role: claim[role] for role in KINDS if claim.get(role)}


def _entity(number: int, kind: str, spans: list, text: str) -> str:
    places = ";".join(f"{start} {end}" for start, end in spans)
    words = " ".join(shown(text[start:end]) for start, end in spans)
    return f"T{number}\t{kind} {places}\t{re.sub(chr(92) + 's', ' ', words)}"


def _note(told: dict) -> str:
    return json.dumps(told, allow_nan=False)


def read(folder: str | Path) -> list[dict]:
    """The articles of a folder with claims and figures, as `write` was given them, or as they were altered or added in brat.

    Raises ValueError naming the file and, as near as can be told, the line where one is none that brat writes.
    """
    return [_article(path) for path in sorted(Path(folder).glob("*.ann"))]


def _article(path: Path) -> dict:
    text = path.with_suffix(".txt").read_bytes().decode("utf-8", "surrogatepass")
    spans, kinds, notes, relations, number = {}, {}, {}, [], 0
    try:
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            if entity := ENTITY.fullmatch(line):
                name, kinds[entity[1]], places = entity.groups()
                spans[name] = [_span(piece, text) for piece in places.split(";")]
            elif line.startswith("R"):
                kind, first, last = line.split("\t")[1].split()
                relations.append((kind, first.partition(":")[2], last.partition(":")[2]))
            elif line.startswith("#"):
                _, about, note = line.split("\t", 2)
                notes[about.split()[1]] = dict(json.loads(note))
        told = notes.pop("T0", {})
        wordless, found = told.pop(WORDLESS, []), _rows(spans, kinds, notes, relations)
        for place, claim in wordless:
            found["claims"].insert(place, dict(claim))
        return {"id": path.stem, **told, "text": text} | found
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise ValueError(f"{path}: line {number} or one before it is none that brat writes ({error}); take it out, or mend it.") from error


def _span(piece: str, text: str) -> list[int]:
    start, end = map(int, piece.split())
    if not 0 <= start < end <= len(text):
        raise ValueError(f"{start} {end} is no stretch of the text")
    return [start, end]


def _rows(spans: dict, kinds: dict, notes: dict, relations: list) -> dict:
    """Claims and figures of an article, in the order in which they were written; those added in brat last."""
    claims, figures, claimed = [], [], set()
    for name, kind in kinds.items():
        told = dict(notes.get(name, {}))
        if kind == "Figure":
            figures.append({"span": spans[name][0], **told})
        elif "of" in told:
            own = {role: f"T{number}" for role, number in told.pop("of").items()}
            claimed |= set(own.values())
            claims.append({**{role: spans[each] for role, each in own.items() if each in spans}, **told})
        elif kind == "Claim" and name not in claimed:
            parts = {role: next((spans[first] for relation, first, last in relations
                                 if (relation, last) == (f"{kind}Of", name)), [])
                     for role, kind in ROLES.items()}
            claims.append({"content": spans[name], **parts})
    return {"claims": claims, "figures": figures}
