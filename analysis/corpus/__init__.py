"""Read a folder of articles; find their headlines; strip page furniture and say what was stripped."""

from analysis.corpus.article import Article, Removal, Span
from analysis.corpus.folder import Corpus, LeftOut, article_from_json, read_corpus
from analysis.corpus.reading import article_from_text

__all__ = ["Article", "Corpus", "LeftOut", "Removal", "Span", "article_from_json", "article_from_text", "read_corpus"]
