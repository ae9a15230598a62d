"""What it costs to load what was read before: `python -m tests.benchmarks.loading`, with `--articles 1000` for fewer.

Invented articles of twelve claims and four figures each, ten on an event, lie in a folder, a file each; a first process reads them into
a store, what is found in them made with them (minutes for 10,000, most of them to compare). Then, each time in a process of its own, the
folder is loaded again and its tables are asked for, and `show` marks 1,000 rows. Printed are the seconds of each step, those of a core, which
others' work slows less, and the peak of memory.
"""

import argparse
import csv
import json
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from unittest import mock

from analysis import extract, load, manifests
from tests.made_articles import extraction_of

MORE = 10  # claims of an article beside two
ASKED = ("claims", "figures", "sources", "events", "comparisons")
AGAIN = """
import json, re, sys, time
began = time.perf_counter()
import analysis
from analysis import show
places = [("start", time.perf_counter())]
record = analysis.load(sys.argv[1], store=sys.argv[2])
places.append(("load", time.perf_counter()))
for name in sys.argv[3].split(","):
    getattr(record, name)
    places.append((name, time.perf_counter()))
used = time.process_time()
rows = record.claims.head(1000)
before = time.perf_counter()
show(rows)
shown = time.perf_counter() - before
took = {name: after - before for (name, after), (_, before) in zip(places, [("", began), *places])}
peak = re.search("VmHWM: *([0-9]+)", open("/proc/self/status").read().replace("\\t", " "))  # getrusage's is that of whoever started it, if larger
print(json.dumps({**took, "all": places[-1][1] - began, "used": used, "show": shown, "rows": len(record.claims), "megabytes": int(peak[1]) / 1024}))
"""


def fill(folder: Path, store: Path, number: int) -> float:
    """Write so many articles into a folder and read them into a store; the seconds that the reading took."""
    found = {f"a{place}": extraction_of(place, MORE) for place in range(number)}
    with open(folder / "metadata.csv", "w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(("path", "outlet", "published"))
        table.writerows((f"{name}.txt", each.article.outlet, each.article.published) for name, each in found.items())
    for name, each in found.items():
        (folder / f"{name}.txt").write_text(each.article.text, encoding="utf-8")
    began = time.perf_counter()
    with mock.patch.object(extract, "extract",
                           lambda read, *_, **__: (replace(found[each.article_id], article=each) for each in read)):
        load(folder, store=store, quiet=True)
    return time.perf_counter() - began


def again(folder: Path, store: Path) -> dict[str, float]:
    """Load them again in a process of its own: the seconds of each step, and the peak of memory."""
    asked = [sys.executable, "-c", AGAIN, str(folder), str(store), ",".join(ASKED)]
    return json.loads(subprocess.run(asked, cwd=manifests.ROOT, check=True, stdout=subprocess.PIPE).stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder, store = Path(place) / "articles", Path(place) / "store"
        folder.mkdir()
        print(f"{options.articles:,} articles read in {fill(folder, store, options.articles):.0f} s", flush=True)
        runs = [again(folder, store) for _ in range(options.runs)]
    took = {name: statistics.median(run[name] for run in runs) for name in runs[0]}
    steps = ", ".join(f"{name} {took[name]:.2f}" for name in ("start", "load", *ASKED))
    print(f"loaded again in {took['all']:.2f} s ({steps}), {took['used']:.2f} s of a core, {took['rows']:,.0f} claims, with {took['megabytes']:,.0f} MB")
    print(f"1,000 rows shown in {took['show']:.2f} s")


if __name__ == "__main__":
    main()
