"""Articles in; what is found in each of them out, by as many processes as there are cores."""

from collections.abc import Callable, Iterable, Iterator, Sized

from analysis.cluster import Cluster
from analysis.corpus import Article, Corpus, why_unread
from analysis.corrections import read_aliases, read_corrections
from analysis.grades import read_grades
from analysis.store import Store
from analysis.types import Extraction
from analysis.workers import cores, read_all


def extract(articles: Iterable[Article], progress: Callable[[int, int | None], None] | None = None,
            failed: Callable[[Article, str], None] | None = None, jobs: int | None = None, store: Store | None = None,
            scheduler: str | None = None) -> Iterator[Extraction]:
    """What is found in each article, in order; `progress` is told how many are done, and of how many where that is known.

    `failed` is told of each article at which anything was raised, and why, and the others go on; without it, the error
    is raised. `jobs` processes read, as many as there are cores unless given; what is found is the same for any number; or the workers
    of a Dask cluster, by the address of its `scheduler`.
    What `store` holds is taken from there, and what is read is kept there. Takes about a second for every 5,000 words
    and core.
    """
    total = len(articles) if isinstance(articles, Sized) else None
    cluster = Cluster(scheduler) if scheduler else None
    for done, (article, found) in enumerate(read_all(articles, cores() if jobs is None else jobs, store, cluster), 1):
        if not isinstance(found, Exception):
            yield found
        elif failed is None:
            raise found
        else:
            failed(article, why_unread(found))
        if progress:
            progress(done, total)


def extract_corpus(corpus: Corpus, progress: Callable[[int, int | None], None] | None = None, **reading) -> tuple[Corpus, list[Extraction]]:
    """What is found in each article of a corpus, and the corpus without the articles at which anything was raised.

    Those are left out with their reasons. `reading` are `jobs`, `store` and `scheduler`, as for `extract`. Raises ValueError where no
    article is left, or where a file of corrections, aliases or grades is no such table.
    """
    # A fault there is told before anything is read
    read_aliases(corpus.folder), read_corrections(corpus.folder), read_grades(corpus.folder)
    reasons: dict[str, str] = {}
    found = list(extract(corpus.articles, progress,
                         lambda article, reason: reasons.update({article.article_id: reason}), **reading))
    return corpus.without(reasons) if reasons else corpus, found
