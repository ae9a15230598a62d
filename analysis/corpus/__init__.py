"""Read a folder of articles; find their headlines; strip page furniture and say what was stripped."""

from analysis.corpus.folder import Corpus, article_from_json, failure, inputs, not_in_english, read_corpus, read_items, why_unread, without_claims
from analysis.corpus.places import files, folder_of, is_address, is_there
from analysis.corpus.reading import article_from_text, to_json
from analysis.corpus.sidecars import Statement
from analysis.types import Article, LeftOut, Removal, Span

__all__ = ["Article", "Corpus", "LeftOut", "Removal", "Span", "Statement", "article_from_json", "article_from_text", "failure",
           "files", "folder_of", "inputs", "is_address", "is_there", "not_in_english", "read_corpus", "read_items", "why_unread",
           "to_json", "without_claims"]
