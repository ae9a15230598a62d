"""Articles read by the workers of a Dask cluster: what `analysis.workers.Workers` does with processes of its own. Needs the extra [scale]."""

from analysis.corpus import Article
from analysis.store import version
from analysis.workers import Outcome, outcomes


class Cluster:
    """The workers of a scheduler, each of which has On Record installed and loads the models once."""

    def __init__(self, scheduler: str) -> None:
        """Connect to a scheduler, as tcp://host:8786.

        Raises ValueError where the extra is not installed, nobody answers, or a worker would read otherwise.
        """
        try:
            from distributed import Client

            self._client = Client(scheduler, timeout="10s", set_as_default=False)
        except ImportError as error:
            raise ValueError("A scheduler needs Dask; install it with: pip install 'onrecord[scale]'.") from error
        except (OSError, ValueError) as error:
            raise ValueError(f"{scheduler}: no scheduler of Dask answers there ({error}); start one with: dask scheduler.") from error
        others = {worker for worker, code in self._client.run(version).items() if code != version()}
        if others:
            self.close()
            raise ValueError(f"{scheduler}: {min(others)} has another On Record, model or library than is here; install there what is here.")

    def submit(self, articles: list[Article]) -> "_Sent":
        """What was found in each of some articles, once it is there."""
        return _Sent(self, articles)

    def ask(self, articles: list[Article]):
        """A future of the cluster."""
        return self._client.submit(outcomes, articles, pure=False)

    def close(self) -> None:
        """Leave the cluster; what was not read yet never is."""
        self._client.close()


class _Sent:
    """Articles that were sent to the cluster."""

    def __init__(self, cluster: Cluster, articles: list[Article]) -> None:
        self._cluster, self._articles, self._future = cluster, articles, cluster.ask(articles)

    def result(self) -> list[Outcome]:
        """What was found in each. Where their worker was lost, each is read anew by itself."""
        try:
            return self._future.result()
        except Exception:
            return [self._alone(article) for article in self._articles]

    def _alone(self, article: Article) -> Outcome:
        try:
            return self._cluster.ask([article]).result()[0]
        except Exception as error:
            return None, f"the worker that read it was lost ({type(error).__name__}); it may need more memory than there is"
