"""What damaged files of every format that is read do: `python -m tests.format_mutations [HOW MANY [FIRST ROUND]]`.

A round is a folder with one damaged file of each format, most of them under another's name, which is read. Nothing may be
raised, and each file must be told of. Ten thousand take about five minutes of a core.
"""

import random
import shutil
import sys
import traceback
from pathlib import Path

from analysis.corpus import Article, read_items
from tests.damage import WITNESS, damaged, mutated, rounds
from tests.format_samples import samples


def format_faults_of(number, folder):
    """How many damaged files of all formats a round holds, and what goes wrong when they are read: a list of sentences."""
    chance, here = random.Random(number), Path(folder) / f"formats-{number}"
    here.mkdir()
    for name, data in samples().items():
        data = damaged(chance, data) if chance.random() < 0.8 else mutated(chance, data.decode("latin-1")).encode("latin-1", "ignore")
        name = f"{chance.choice(sorted(samples()))}-{name}" if chance.random() < 0.8 else f"{name}-{chance.choice(sorted(samples()))}"
        (here / name).write_bytes(data)
    (here / "z-last.txt").write_text(WITNESS, encoding="utf-8")
    names = sorted(path.name for path in here.iterdir())
    try:
        items = list(read_items(here))
    except Exception:
        return len(names), [f"formats {number}: {traceback.format_exc()}"]
    finally:
        shutil.rmtree(here)
    told = {item.path.partition("/")[0] for item in items}
    faults = [f"{name} is nowhere told of" for name in names if name not in told]
    faults += [f"{item.path}: {item.reason}"
               for item in items if not isinstance(item, Article) and "reading it failed" in item.reason]
    faults += [f"{item.article_id}: its reading is not as long as its text"
               for item in items if isinstance(item, Article) and len(item.reading) != len(item.text)]
    faults += [] if any(isinstance(item, Article) and item.article_id == "z-last" for item in items) else ["z-last is lost"]
    return len(names), [f"formats {number}: {fault}" for fault in faults]


def main(how_many=200, first=0):
    """Print what goes wrong with at least so many damaged files; return how many things did."""
    return rounds(format_faults_of, how_many, first)


if __name__ == "__main__":
    sys.exit(bool(main(*map(int, sys.argv[1:]))))
