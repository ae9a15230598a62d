"""Who cites whom as GraphML, and who stands how to which statement, as discourse network analysis reads it."""

from pathlib import Path

import pandas as pd

from analysis.compare.citations import write_graphml
from analysis.corpus import Corpus
from analysis.tables import TEXT, write_csv


def write(tables: dict[str, pd.DataFrame], corpus: Corpus, folder: Path) -> None:
    """Write citations.graphml, and statements.csv: a row for each claim, with document, date, actor, kind, concept and agreement (1 or 0)."""
    write_graphml(tables["citations"], folder / "citations.graphml")
    articles, sources = (tables[name].set_index(key) for name, key in (("articles", "article_id"), ("sources", "source_id")))
    told = tables["statement_claims"].merge(tables["statements"][["statement_id", "statement"]], on="statement_id")
    told = told[told["side"].isin(["made", "denied"])]
    statements = pd.DataFrame({
        "document": told["article_id"], "date": told["article_id"].map(articles["published"]).str[:10],
        "actor": told["source_id"].map(sources["name"]), "kind": told["source_id"].map(sources["kind"]),
        "concept": told["statement"], "agreement": (told["side"] == "made").astype(int),
    })
    texts = dict.fromkeys(("document", "date", "actor", "kind", "concept"), TEXT)
    write_csv(statements.astype(texts), folder / "statements.csv")
