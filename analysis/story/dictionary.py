"""The tables one can take along, and what each column means, as the codebook says."""

from markupsafe import Markup

from analysis import codebook, show
from analysis.story.told import UP, Told

FORMS = {"csv": "CSV", "parquet": "Parquet", "json": "JSON"}
KINDS = {"str": "text", "int64": "whole number", "float64": "number", "bool": "yes or no"}


def files(name: str) -> Markup:
    """A table's files."""
    return Markup(", ").join(Markup('<a href="{}tables/{}.{}">{}</a>').format(UP, name, form, words)
                             for form, words in FORMS.items())


def page(told: Told) -> Markup:
    """All tables: what a row is, its files, and, folded, its columns."""
    lead = Markup("<p>Each table as CSV, for a spreadsheet, as Parquet and as JSON. One row is one fact; places are counted in characters of the "
                  "article’s text.</p>")
    return lead + Markup("").join(_table(told, name) for name in codebook.names())


def _table(told: Told, name: str) -> Markup:
    rows = told.tables[name]
    meanings, kinds = [codebook.column(column, name) for column in rows], [KINDS[str(kind)] for kind in rows.dtypes]
    columns = {"Column": list(rows), "What it means": meanings, "Kind": kinds}
    parts = Markup('<section class="data" id="{}"><h2>{}</h2><p>Each row: {}. {}: {}</p>'
                   '<details><summary>What the columns mean</summary>{}</details></section>')
    return parts.format(
        name, name.replace("_", " ").capitalize(), codebook.table(name), show.count(len(rows), "row").capitalize(), files(name),
        Markup(show.table(columns).html))
