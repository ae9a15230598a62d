"""Articles in a Parquet file: a row each."""

import io
from collections.abc import Iterator

from analysis.corpus.formats.columns import article_of, columns_of
from analysis.corpus.found import File, Found, Unread

ROWS = 500  # read at once


def read_parquet(file: File) -> Iterator[Found | Unread]:
    """An article a row; only the columns that are asked for are read."""
    import pyarrow
    from pyarrow.parquet import ParquetFile

    try:
        table = ParquetFile(io.BytesIO(file.data))
        columns = columns_of(table.schema_arrow.names, file.columns)
        number = 0
        for batch in table.iter_batches(ROWS, columns=list(dict.fromkeys(columns.values()))):
            for row in batch.to_pylist():
                number += 1
                yield article_of(row, columns, number, "row", None)
    except (pyarrow.ArrowException, OSError, OverflowError, UnicodeDecodeError) as error:
        raise ValueError(f"it is not Parquet that can be read ({' '.join(str(error).split())[:100]})") from error
