"""Gold, and what is found in its articles without it: in a file, or in a folder of articles whose rows people judged."""

from collections.abc import Callable
from pathlib import Path

from analysis import extract, reader, tabulate
from analysis.corpus import article_from_text, read_corpus
from analysis.corrections import found_its_row
from analysis.evaluate.gold import read_gold
from analysis.exports.gold import gold_of

Rows = list[dict]


def in_file(path: Path, progress: Callable[[int, int | None], None], tell: Callable) -> tuple[Rows, Rows]:
    """The rows of a gold file, and what is found in their texts; `tell` is told of each article at which anything was raised, and why."""
    gold = read_gold(path)
    articles = [article_from_text(row["id"], row["text"], path=f"{path}, {row['id']!r}") for row in gold]
    return gold, [reader.to_json(each) for each in extract.extract(articles, progress, tell)]


def in_folder(path: Path, progress: Callable[[int, int | None], None], tell: Callable[[str], None]) -> tuple[Rows, Rows]:
    """The rows of a folder of articles that people judged, and what is found there without them; `tell` is told how many corrections
    found no row. Raises ValueError where nobody judged any."""
    corpus, found = extract.extract_corpus(read_corpus(path), progress)
    made = tabulate.build(corpus, found)
    gold = gold_of(made, corpus)
    if not gold:
        raise ValueError(f"{path}: no row of it was judged; correct or accept some in a file corrections.csv (onrecord review shows them).")
    if lost := sum(not found_its_row(state) for state in made["corrections"]["state"]):
        tell(f"{path}: {lost} of {len(made['corrections'])} corrections found no row, and are not scored.")
    judged = {row["id"] for row in gold}
    return gold, [reader.to_json(each) for each in found if each.article.article_id in judged]
