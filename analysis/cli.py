"""The `onrecord` command. What a command loads is imported by it alone, so that the others need not wait for it."""

import argparse
import json
import os
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TextIO

from analysis import __version__, progress
from analysis.types import Article, LeftOut

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
DONE, FAILED, INTERRUPTED, PIPE_CLOSED, ENDED = 0, 1, 130, 141, 143  # the last three as shells count them; argparse exits with 2
ENDING = (signal.SIGTERM, signal.SIGHUP)
FORMS = ("datapackage", "jsonl", "annotations", "brat", "networks", "shareable", "gold")
LONGEST = 2000  # characters of a sentence: a hook's environment has no room for any number


class Ended(KeyboardInterrupt):
    """The system asked this process to end."""

    def __init__(self, number: int) -> None:
        super().__init__(f"The run was ended by the signal {signal.Signals(number).name}.")


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit status: 0 done, 1 failed (one sentence on standard error), 2 wrong usage.

    Where it is ended by a signal, what it was making is removed before it ends.
    """
    options = _parser().parse_args(arguments)
    try:
        with _cleaning_up():
            return options.run(options)
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except Ended as ended:
        _tell(str(ended))
        return ENDED
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        return _fail(_sentence(error))


@contextmanager
def _cleaning_up() -> Iterator[None]:
    """Let a signal that ends this process raise Ended, so that whatever was begun is cleaned up."""
    def end(number: int, frame: object) -> None:
        raise Ended(number)
    here = threading.current_thread() is threading.main_thread()  # no other may listen
    heard = [number for number in ENDING if here and signal.getsignal(number) == signal.SIG_DFL]  # nohup has SIGHUP ignored
    for number in heard:
        signal.signal(number, end)
    try:
        yield
    finally:
        for number in heard:
            signal.signal(number, signal.SIG_DFL)


def report(options: argparse.Namespace) -> int:
    """Make the report on a folder of articles and print where it is. The command given with --hook is run when that is
    done or has failed, with ONRECORD_OUTCOME (made, unchanged, failed), ONRECORD_CORPUS and ONRECORD_MESSAGE in its environment."""
    from analysis import manifests
    from analysis.report import UNCHANGED, make_dated_report, make_report, parameters

    if options.help_parameters:
        print(parameters.help_of(_notebook(options.help_parameters)))
        return DONE
    try:
        given = parameters.read_file(options.parameters) if options.parameters else {}
        given |= parameters.read_words(options.p, manifests.notebooks())
        with progress.shown(options.quiet) as step:
            common = {"progress": step, "parameters": given, "force": options.force, "wait": not options.no_wait, "tell": _tell,
                      "reading": _reading(options, options.corpus),
                      "running": {"timeout": options.timeout, "retries": options.retries}, "is_told": True}
            if options.dated:
                made = make_dated_report(options.corpus, options.dated, keep=options.keep, **common)
            else:
                made = make_report(options.corpus, out=options.out, **common)
    except (Exception, Ended) as error:
        _call(options.hook, "failed", options.corpus, _sentence(error))
        raise
    if not options.quiet:
        done = "Nothing has changed: articles, parameters, code and versions are those of the report that is there."
        _tell(f"{done if made.outcome == UNCHANGED else 'The report is made.'} Open this page in a browser:")
    _say(str(made.page))
    return _call(options.hook, made.outcome, options.corpus, str(made.page))


def verify(options: argparse.Namespace) -> int:
    """Check that a report is what its manifest says, that every row quotes its article, and that it comes out the same
    when it is made again. Exits with 0: the same; 1: it could not be checked; 3: a file is not the one the manifest
    names; 4: these are other articles; 5: a row does not quote its article; 6: the report was made by other versions;
    7: made again, something differs."""
    from analysis.report.verify import verify as check

    with progress.shown(options.quiet) as step:
        verdict = check(options.report, options.corpus, step)
    _say(verdict.words)
    return verdict.status


def diff(options: argparse.Namespace) -> int:
    """Say in words what changed from one report to another: articles, claims, figures and sources that are new (+), gone
    (-) or altered (~), and ranges that moved."""
    from analysis.report import changes

    for line in changes.sentences(changes.between(*changes.read_reports(options.old, options.new)[0])):
        _say(line)
    return DONE


def extract(options: argparse.Namespace) -> int:
    """Read one article a line, {"id": ..., "text": ...}, and write what was found in it, one object a line, in the
    same order. A line that cannot be read is told of on standard error with its number and passed over, whatever is wrong with
    it, and the exit status is then 1."""
    from analysis import extract as extraction
    from analysis import reader

    faults = []
    with progress.shown(options.quiet) as step, _source(options.articles) as lines, _target(options.out) as target:
        articles, reading = _articles(lines, options.articles, faults), _reading(options)
        for found in extraction.extract(articles, partial(step, what="articles"), _teller(faults), **reading):
            target.write(json.dumps(reader.to_json(found), allow_nan=False) + "\n")
        target.flush()
    return FAILED if faults else DONE


def export(options: argparse.Namespace) -> int:
    """Write what is found in a folder of articles for other programs: `datapackage` (CSV with datapackage.json), `jsonl`, `annotations`
    (W3C Web Annotation), `brat` (standoff), `networks` (GraphML, and statements for discourse network analysis), `shareable`
    (hashes instead of the articles' words, which rehydrate fills in again), or `gold` (the rows that people judged, for evaluate)."""
    from analysis import load
    from analysis.corpus import read_corpus
    from analysis.exports import export as write

    record = load(options.corpus, store=options.store, quiet=options.quiet)
    _say(str(write(options.form, record, read_corpus(options.corpus), options.out, options.bom)))
    return DONE


def rehydrate(options: argparse.Namespace) -> int:
    """Fill the words of your own copies of the articles into shareable tables, and check each against its hash."""
    from analysis import tables
    from analysis.corpus import read_corpus
    from analysis.exports import shareable

    tables.write(shareable.rehydrate(options.tables, read_corpus(options.corpus)), options.out, shareable.DECLARED)
    _say(str(options.out))
    return DONE


def from_brat(options: argparse.Namespace) -> int:
    """Write the articles of a folder of brat standoff with their claims and figures, one JSON object a line, as evaluate takes them."""
    from analysis.exports import brat

    for article in brat.read(options.folder):
        print(json.dumps(article))
    return DONE


def read(options: argparse.Namespace) -> int:
    """Write the articles at a place as they are read, one JSON object a line, in order: id, path, text, title, outlet, author,
    published, url, language, event, archive_url, captured, encoding, removed and differing. What is left out is told of on
    standard error with file, row and reason. The place is a folder, a file of any format that is read, a glob, or an address
    such as s3://bucket/folder."""
    from analysis.corpus import not_in_english, read_items

    left_out, count = [], 0
    with _target(options.out) as target:
        for item in map(_as_line, read_items(options.place)):
            if isinstance(item, LeftOut):
                left_out.append(item)
                _tell(f"{item.path}: {item.reason}.")
            else:
                count += 1
                target.write(item)
        target.flush()
    if foreign := not_in_english(item.reason for item in left_out):
        _tell(f"left out: {foreign}.")
    return DONE if count else _fail(f"{options.place}: no article can be read there.")


def _as_line(item: Article | LeftOut) -> str | LeftOut:
    """An article as a line of JSON; why there is none, where it is left out or anything is raised at it."""
    from analysis.corpus import to_json, why_unread

    if isinstance(item, LeftOut):
        return item
    try:
        return json.dumps(to_json(item), allow_nan=False) + "\n"
    except Exception as error:  # whatever it is, the other articles are written
        return item.left_out(why_unread(error))


def evaluate(options: argparse.Namespace) -> int:
    """`onrecord evaluate`: find claims and figures in the texts of gold files, or in folders of articles that people corrected, and say
    how far they agree with the gold, or with the corrections."""
    from analysis import evaluate as evaluation
    from analysis.evaluate.found import in_file, in_folder

    parts, faults = [], []
    with progress.shown(options.quiet) as step:
        for path in options.gold:
            read, tell = (in_folder, _tell) if path.is_dir() else (in_file, _teller(faults))
            gold, found = read(path, partial(step, what="articles"), tell)
            table = evaluation.evaluate(gold, found)
            _say(f"{path.name}, {len(gold)} texts")
            print(evaluation.show(table))
            parts.append(evaluation.quality(table, path.name, f"On {len(gold)} texts."))
    if options.quality:
        evaluation.write_quality(parts, options.quality)
    return FAILED if faults else DONE


def review(options: argparse.Namespace) -> int:
    """Write a notebook that shows the rows of a folder of articles one at a time, those first that matter most and are least sure,
    and writes what you answer into corrections.csv beside the articles, or corrections-NAME.csv."""
    from analysis.review import write_notebook

    _say(str(write_notebook(options.corpus, options.out, options.rows, options.who)))
    return DONE


def ablate(options: argparse.Namespace) -> int:
    """`onrecord ablate`: turn each rule of the reading rooms off in turn and say what each score on gold loses, in points, and in
    how many articles some row changes. A rule is a function, a list of words or a pattern; reading and tagging are done once."""
    from analysis import evaluate as evaluation
    from analysis.evaluate import ablation

    gold = [row for path in options.gold for row in evaluation.read_gold(path)]
    with progress.shown(options.quiet) as step:
        scores, worths = ablation.ablate(gold, options.rule, partial(step, what="rules"))
    print(f"{len(gold)} texts, {len(worths)} rules\n{ablation.show(scores, worths)}")
    return DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="onrecord", description="Who says what, and which numbers, by source, in news articles.")
    parser.add_argument("--version", action="version", version=f"onrecord {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for group in (_report_command, _check_commands, _find_commands, _exchange_commands, _measure_commands):
        group(commands)
    return parser


def _command(commands, name: str, run: Callable[[argparse.Namespace], int], told: str) -> argparse.ArgumentParser:
    """A command, which its function's docstring describes; `told` is its line in the list of commands."""
    command = commands.add_parser(name, help=told, description=run.__doc__)
    command.set_defaults(run=run)
    return command


def _also(command: argparse.ArgumentParser, *names: str) -> None:
    """Give a command options that several have."""
    for name in names:
        command.add_argument(name, **COMMON[name])


def _report_command(commands) -> None:
    making = _command(commands, "report", report, "make the report on a folder of articles")
    making.add_argument("corpus", nargs="?", default=SEEDS, help="the folder, file or glob of articles (seeds/ of the project)")
    place = making.add_mutually_exclusive_group()
    place.add_argument("--out", type=Path, help="the folder of the report (reports/<name of the corpus>)")
    place.add_argument("--dated", metavar="FOLDER", type=Path,
                       help="a folder of reports by date, with an index and the link latest")
    making.add_argument("--keep", metavar="N", type=int, help="with --dated: keep the newest N only")
    making.add_argument("-p", metavar="NAME=VALUE", action="append", default=[],
                        help="a parameter of the notebooks; once more, for a list")
    making.add_argument("--parameters", metavar="FILE.toml", type=Path, help="a file of parameters, name = value a line")
    making.add_argument("--help-parameters", metavar="NOTEBOOK", help="say which parameters a notebook has, and do nothing else")
    making.add_argument("--force", action="store_true", help="make it anew, even where nothing has changed")
    making.add_argument("--no-wait", action="store_true", help="fail, instead of waiting, while another run makes this report")
    making.add_argument("--timeout", metavar="SECONDS", type=_positive,
                        help="how long a cell of a notebook may take (without end)")
    making.add_argument("--retries", metavar="N", type=_positive, default=0,
                        help="run a notebook that fails again, up to so many times (0)")
    making.add_argument("--hook", metavar="COMMAND", help="a shell command to run with the outcome, for mail or chat")
    _also(making, "--jobs", "--scheduler", "--store", "--quiet")


def _check_commands(commands) -> None:
    verifying = _command(commands, "verify", verify, "check a report against its articles")
    verifying.add_argument("report", metavar="REPORT", type=Path, help="the folder of the report")
    verifying.add_argument("--corpus", type=Path,
                           help="the folder of articles (as the manifest names it, in the project's folder)")
    _also(verifying, "--quiet")

    comparing = _command(commands, "diff", diff, "say what changed between two reports")
    comparing.add_argument("old", metavar="OLD", type=Path, help="the folder of a report")
    comparing.add_argument("new", metavar="NEW", type=Path, help="the folder of a later one")


def _find_commands(commands) -> None:
    extracting = _command(commands, "extract", extract, "read articles as JSON lines, write what is found")
    extracting.add_argument("articles", metavar="ARTICLES.jsonl", help='the articles, or "-" for standard input')
    extracting.add_argument("-o", "--out", type=Path, help="the file to write (standard output)")
    _also(extracting, "--jobs", "--scheduler", "--store", "--quiet")

    reviewing = _command(commands, "review", review, "write a notebook to look at rows one at a time")
    reviewing.add_argument("corpus", type=Path, help="the folder of articles")
    reviewing.add_argument("--rows", metavar="N", type=_positive, default=50, help="how many rows, at most (50)")
    reviewing.add_argument("--who", metavar="NAME", default="", help="your name, which stands in your corrections")
    reviewing.add_argument("--out", metavar="FOLDER", type=Path,
                           help="where the notebook is written (beside the folder of articles)")


def _exchange_commands(commands) -> None:
    exporting = _command(commands, "export", export, "write what is found for other programs")
    exporting.add_argument("corpus", type=Path, help="the folder of articles")
    exporting.add_argument("--to", dest="form", required=True, choices=FORMS, help="the form")
    exporting.add_argument("--out", required=True, type=Path, help="the folder to write, new or empty")
    exporting.add_argument("--bom", action="store_true", help="begin CSV files with a byte order mark, for Excel")
    _also(exporting, "--store", "--quiet")

    filling = _command(commands, "rehydrate", rehydrate, "fill your articles' words into shareable tables")
    filling.add_argument("tables", metavar="TABLES", type=Path, help="the folder of shareable tables")
    filling.add_argument("corpus", type=Path, help="the folder of articles")
    filling.add_argument("--out", required=True, type=Path, help="the folder to write")

    taking = _command(commands, "from-brat", from_brat, "read brat standoff, write JSON lines")
    taking.add_argument("folder", type=Path, help="the folder of .txt and .ann files")

    reading = _command(commands, "read", read, "read articles in any format, write them as JSON lines")
    reading.add_argument("place", metavar="PATH", help="a folder, a file, a glob or an address")
    reading.add_argument("-o", "--out", type=Path, help="the file to write (standard output)")


def _measure_commands(commands) -> None:
    evaluating = _command(commands, "evaluate", evaluate, "measure what is found against gold")
    evaluating.add_argument("gold", metavar="GOLD", nargs="+", type=Path,
                            help="a file of articles with claims or figures, as extract writes them, or a folder of articles that people corrected")
    evaluating.add_argument("--quality", metavar="FILE", type=Path, help="also write the measures as the report shows them")
    _also(evaluating, "--quiet")

    ablating = _command(commands, "ablate", ablate, "measure what each rule is worth on gold")
    ablating.add_argument("gold", metavar="GOLD.jsonl", nargs="+", type=Path,
                          help="articles with claims or figures, as extract writes them")
    ablating.add_argument("--rule", help="one rule, or the beginning of the names of several, such as figures.standing")
    _also(ablating, "--quiet")


def _positive(word: str) -> int:
    if not (word.isascii() and word.isdigit() and 0 < int(word[:9])):
        raise argparse.ArgumentTypeError(f"{word[:60]!r} is no whole number; give 1 or more")
    return int(word[:9])


COMMON = {  # options that several commands have
    "--jobs": {"metavar": "N", "type": _positive, "help": "how many processes read articles (as many as there are cores)"},
    "--scheduler": {"metavar": "ADDRESS",
                    "help": "a Dask scheduler whose workers read articles, as tcp://host:8786 (extra [scale])"},
    "--store": {"metavar": "FOLDER", "help": 'where what was read is kept (the user\'s cache); "" keeps nothing'},
    "--quiet": {"action": "store_true", "help": "show no progress"},
}


def _reading(options: argparse.Namespace, corpus: Path | None = None) -> dict:
    """How articles are read: by how many processes, and with which store."""
    from analysis import store

    chosen = {"jobs": options.jobs, "scheduler": options.scheduler, "store": store.opened(options.store, corpus)}
    return {name: value for name, value in chosen.items() if value is not None}


def _articles(lines: Iterable[bytes], name: str, faults: list[str]) -> Iterator:
    """The articles of the lines, one by one; a line that holds none is told of and added to `faults`."""
    from analysis.corpus import article_from_json, why_unread

    for number, line in enumerate(lines, 1):
        line = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if not line.strip():
            continue
        try:
            yield article_from_json(line, path=name, line=number)
        except Exception as error:  # whatever it is, the other lines are read
            faults.append(f"{name}, line {number}: {why_unread(error)}.")
            _fail(faults[-1])


def _teller(faults: list[str]) -> Callable:
    """What tells of an article at which anything was raised, and adds it to `faults`."""
    def tell(article, reason: str) -> None:
        faults.append(f"{article.place}: {reason}.")
        _fail(faults[-1])
    return tell


@contextmanager
def _source(name: str) -> Iterator[Iterable[bytes]]:
    if name == "-":
        yield sys.stdin.buffer
    else:
        with open(name, "rb") as file:
            yield file


@contextmanager
def _target(path: Path | None) -> Iterator[TextIO]:
    """Standard output, or a file that is there only once it is complete."""
    if path is None:
        yield sys.stdout
        return
    part = path.with_name(path.name + ".part")
    try:
        with open(part, "w", encoding="ascii", newline="\n") as file:
            yield file
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _notebook(name: str) -> Path:
    """The notebook of a name or a path."""
    from analysis import manifests

    return Path(name) if name.endswith(".ipynb") else manifests.notebook(name)


def _call(hook: str | None, outcome: str, corpus: Path, message: str) -> int:
    """Run the hook with the outcome in its environment, never in its words; its own failure is a failure."""
    if not hook:
        return DONE
    told = {"ONRECORD_OUTCOME": outcome, "ONRECORD_CORPUS": str(corpus), "ONRECORD_MESSAGE": _harmless(message)}
    ended = subprocess.run(hook, shell=True, env={**os.environ, **told}).returncode
    return _fail(f"the hook ended with status {ended}: {hook}") if ended else DONE


def _sentence(error: BaseException) -> str:
    """An error in one sentence, with where what was done is kept."""
    told = " ".join(_cause(error).split())
    told = told if len(told) <= LONGEST else told[:LONGEST] + " …"
    notes = getattr(error, "__notes__", [])
    return "; ".join([told.removesuffix("."), *notes]) if notes else told


def _cause(error: BaseException) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}." if error.filename else f"{error.strerror}."
    if isinstance(error, OSError | ValueError | Ended) and str(error):
        return str(error)
    if isinstance(error, MemoryError):
        return "There was not enough memory; end other programs, or take a smaller corpus."
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"An error of On Record stopped it: {type(error).__name__}: {error} ({Path(frame.filename).name}, line {frame.lineno})."


def _tell(message: str) -> None:
    _say(f"onrecord: {message}", sys.stderr)


def _fail(message: str) -> int:
    _tell(message)
    return FAILED


def _say(message: str, file: TextIO | None = None) -> None:
    """Print one line, in which nothing of an article or a file's name can steer a terminal, or cannot be encoded there."""
    encoding = getattr(file or sys.stdout, "encoding", None) or "utf-8"
    print(_harmless(message).encode(encoding, "backslashreplace").decode(encoding), file=file)


def _harmless(message: str) -> str:
    return "".join(character if character.isprintable() else "\ufffd" for character in message)


if __name__ == "__main__":
    sys.exit(main())
