"""What `onrecord verify` says of a report that was tampered with, and of one that was not."""

import contextlib
import copy
import json
import os
import re
import shutil
import subprocess
import sys

import pandas
import pytest

from analysis import cli, extract, manifests, tables
from analysis.report import run, verify
from tests.small_corpus import extract_by_hand, make_small_report

ELSEWHERE = """
import os, sys
os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
os.umask(0o077)
from analysis import cli, extract
from tests.small_corpus import extract_by_hand
extract.extract = extract_by_hand
sys.exit(cli.main(["verify", "report", "--corpus", "articles", "--quiet"]))
"""
FIGURES, CLAIMS, NOTEBOOK = "report/tables/figures.csv", "report/tables/claims.csv", "report/notebooks/claims.ipynb"
CLAIMS_PAGE = "report/claims.html"


@pytest.fixture(scope="module")
def remembered():
    """Run each notebook once, and answer from memory after that, so that thirty reports are made again in no time."""
    executed, run_it = {}, run.run

    def run_once(notebook, path, parameters):
        key = notebook.name, json.dumps(parameters), (path.parents[1] / "tables" / "claims.csv").read_bytes()
        if key not in executed:
            executed[key] = run_it(notebook, path, parameters)
        run.write(executed[key], path)
        return copy.deepcopy(executed[key])

    return run_once


@pytest.fixture(scope="module")
def kept(tmp_path_factory, remembered):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "run", remembered)
        return make_small_report(tmp_path_factory.mktemp("kept")).parent


@pytest.fixture
def place(kept, tmp_path, monkeypatch, remembered):
    """A folder with a report and its articles ("small"), to tamper with."""
    monkeypatch.setattr(extract, "extract", extract_by_hand)
    monkeypatch.setattr(run, "run", remembered)
    shutil.copytree(kept, tmp_path, dirs_exist_ok=True)
    return tmp_path


def replace(path, old, new):
    """A tampering that puts `new` where `old` first stands in a file."""
    def tamper(place):
        text = (place / path).read_text(encoding="utf-8")
        assert old in text
        (place / path).write_text(text.replace(old, new, 1), encoding="utf-8")
    return tamper


def manifest(*keys, value):
    """A tampering that puts `value` into the manifest, under a key in a key."""
    def tamper(place):
        whole = inner = manifests.read(place / "report")
        for key in keys[:-1]:
            inner = inner[key]
        assert inner[keys[-1]] != value
        inner[keys[-1]] = value
        manifests.write(whole, place / "report")
    return tamper


def rows(name, change):
    """A tampering that changes a table, in its files; where a list is none, which no JSON can hold, not in that one."""
    def tamper(place):
        found = tables.read(place / "report" / "tables")
        found[name] = change(found[name]).reset_index(drop=True)
        with contextlib.suppress(ValueError, RecursionError):
            tables.write(found, place / "report" / "tables")
    return tamper


def healed(tamper):
    """A tampering that also puts the new hashes into the manifest."""
    def heal(place):
        tamper(place)
        manifests.write({**manifests.read(place / "report"), "outputs": manifests.outputs(place / "report")}, place / "report")
    return heal


def remove(path):
    return lambda place: (place / path).unlink()


def write(path, text):
    return lambda place: (place / path).write_text(text)


def first_of(column, value):
    return lambda table: table.assign(**{column: [value, *table[column].to_list()[1:]]}).astype(table.dtypes)


def pipe(path):
    return lambda place: ((place / path).unlink(), os.mkfifo(place / path))


def folder_linked(folder):
    folder.rename(folder.with_name(f".{folder.name}"))
    folder.symlink_to(f".{folder.name}")


def renamed(place):
    path = place / "report" / "tables" / "figures.parquet"
    tables.read_parquet(path).rename(columns={"value": "worth"}).to_parquet(path, index=False)


def ghost(place):
    """A claim of an article that the tables have and the corpus has not."""
    rows("articles", lambda table: pandas.concat([table, table.head(1).assign(article_id="ghost")]).astype(table.dtypes))(place)
    rows("claims", first_of("article_id", "ghost"))(place)


def linked(place):
    path = place / FIGURES
    path.rename(path.with_name(".figures"))
    path.symlink_to(".figures")


def line_ends(place):
    path = place / "report" / "index.html"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))


def narrowed(place):
    path = place / "report" / "tables" / "figures.parquet"
    tables.read_parquet(path).astype({"value": "float32"}).to_parquet(path, index=False)


def named_outside(place):
    whole = manifests.read(place / "report")
    whole["outputs"]["../small/dam.txt"] = "0" * 64
    manifests.write(whole, place / "report")


CLAIM = '"dam.c9","dam","direct","velmora","Velmora","Says","Dam Is Safe","","says",False,,"by hand",0.9,"[]","[]","[]","[]",0,4\n'
TAMPERINGS = {
    "a number in a table": (replace(FIGURES, "1000.0", "1001.0"), 3, "tables/figures.csv .* value is 1001.0, not 1000.0"),
    "words in a table": (replace(CLAIMS, "Dam Is Safe", "Dam Is Doomed"), 3,
                         "tables/claims.csv .*'Dam Is Doomed', not 'Dam Is Safe'"),
    "a number in Parquet": (lambda place: first_parquet(place, "figures", "value", 41.0), 3,
                            "figures.parquet .* value is 41.0, not 4"),
    "a row dropped": (lambda place: drop_line(place / CLAIMS, 2), 3, "tables/claims.csv .* row dam.c2: it is missing"),
    "a row added": (lambda place: (place / CLAIMS).open("a").write(CLAIM), 3,
                    "tables/claims.csv .* row dam.c9: there should be none"),
    "a number in the page": (replace("report/index.html", "six numbers", "ten numbers"), 3,
                             "index.html .*ten numbers.*, not .*six numbers"),
    "a number in a notebook's output": (replace(NOTEBOOK, "of 7 claims", "of 8 claims"), 3,
                                        "claims.ipynb .* cell claims-6: .*8 claims"),
    "a notebook's words": (replace(NOTEBOOK, "Who is quoted", "Who is cited"), 3,
                           "claims.ipynb .* cell claims-1: .*Who is cited"),
    "a notebook's code": (replace(NOTEBOOK, "story.source.heard(told)", "story.source.heard(other)"), 3,
                          "claims.ipynb .* cell claims-6: "),
    "a file gone": (remove("report/tables/removed.csv"), 3, "tables/removed.csv is not .*: it is gone"),
    "a file added": (write("report/notebooks/more.ipynb", "{}"), 3, "notebooks/more.ipynb is not .*: it was added"),
    "the hash of an output": (manifest("outputs", "index.html", value="0" * 64), 3, "index.html is not the file"),
    "a key of the manifest": (replace("report/manifest.json", '"code"', '"cod"'), 3,
                              "manifest.json: 'code' is not as On Record writes it"),
    "a manifest that is none": (write("report/manifest.json", "{"), 3, "manifest.json: this is no report's manifest"),
    "the hash of an article": (manifest("inputs", "dam.txt", value="0" * 64), 4, "dam.txt is not the file of articles"),
    "an article edited": (replace("small/dam.txt", "1,000", "2,000"), 4, "dam.txt is not the file of articles"),
    "an article gone": (remove("small/dam.txt"), 4, "dam.txt is no longer among the articles"),
    "an article added": (write("small/new.txt", "Nothing happened."), 4,
                         "new.txt is among the articles, and the report was made without it"),
    "a library's version": (manifest("versions", "pandas", value="2.0.0"), 6, "other versions, pandas: 2.0.0; here: "),
    "Python's version": (manifest("python", value="3.12.1"), 6, "other python: 3.12.1"),
    "the model": (manifest("model", "sha256", value="0" * 64), 6, "other model, sha256"),
    "the code": (manifest("code", value="0" * 64), 6, "other code"),
    "the lock": (manifest("lock", value="0" * 64), 6, "other lock"),
    "a parameter": (manifest("parameters", "claims", "tables_folder", value="elsewhere"), 7,
                    "manifest.json: .*elsewhere.*, not .*tables"),
    "what was asked for": (manifest("given", value={"source": "ledger"}), 7,
                           "source-ledger.ipynb is missing|cannot be made again"),
    "a number, healed": (healed(rows("figures", first_of("value", 41.0))), 7,
                         "figures.csv, row dam.f1: value is 41.0, not 40000000.0"),
    "a quoted number, healed": (healed(rows("figures", first_of("text", "41 million"))), 5,
                                "dam.f1: start, end .* does not slice to '41 million'"),
    "an offset, healed": (healed(rows("figures", first_of("start", 95))), 5, "row dam.f1: start, end"),
    "a claim's source, healed": (healed(rows("claims", first_of("source_id", "ledger"))), 7,
                                 "row dam.c1: source_id is 'ledger', not 'velmora'"),
    "a row dropped, healed": (healed(rows("claims", lambda table: table.drop(index=2))), 7,
                              "claims.csv, row dam.c3: it is missing"),
    "a row doubled, healed": (healed(rows("claims", lambda table: table.loc[[0, *table.index]])), 5,
                              "claim_id .* stands there twice"),
    "one form of a table, healed": (healed(replace(FIGURES, "1000.0", "1001.0")), 5,
                                    "figures.csv, row .* 1001.0, not 1000.0, as its Parquet"),
    "JSON of a table, healed": (healed(replace("report/tables/figures.json", "1000.0", "1001.0")), 5,
                                "figures.json, row 2: .* as its Parquet"),
    "JSON that nests, healed": (healed(write("report/tables/figures.json", "[" * 100_000)), 5, "figures.json: it is no JSON"),
    "JSON that is a list of nothing, healed": (healed(write("report/tables/claims.json", "{}")), 5,
                                               "claims.json, row 1: it is not"),
    "a feed, healed": (healed(replace("report/feed.xml", "<updated>1970", "<updated>2031")), 7, "^feed.xml: .*2031"),
    "a feed of an event, healed": (healed(remove("report/events/velmora-says-dam-is-safe.xml")), 7,
                                   "events/velmora-says-dam-is-safe.xml is missing"),
    "a meaning of a column, healed": (healed(replace("report/data.html", "a number about the world", "a verdict")), 7,
                                      "^data.html: .*a verdict"),
    "the page, healed": (healed(replace("report/index.html", "six numbers", "ten numbers")), 7, "index.html: .*ten numbers"),
    "a notebook's output, healed": (healed(replace(NOTEBOOK, "of 7 claims", "of 8 claims")), 7,
                                    "claims.ipynb, cell claims-6: .*8 claims"),
    "a notebook gone, healed": (healed(remove("report/notebooks/corpus.ipynb")), 7,
                                "notebooks/corpus.ipynb is missing from the report"),
    "a notebook added, healed": (healed(write("report/notebooks/more.ipynb", "{}")), 7,
                                 "more.ipynb is not among what these articles give"),
    "where a link leads": (replace(CLAIMS_PAGE, "articles/dam.html#c-", "articles/hostile.html#c-"), 3,
                           "claims.html .*hostile.html#.*, not .*dam.html#"),
    "where a link leads, healed": (healed(replace(CLAIMS_PAGE, "articles/dam.html#c-", "articles/hostile.html#c-")), 7,
                                   "hostile.html#.*, not .*dam.html#"),
    "another length of a bar": (replace(CLAIMS_PAGE, 'width="84%"', 'width="48%"'), 3, "claims.html .*48%.*, not .*84%"),
    "another length of a bar, healed": (healed(replace(CLAIMS_PAGE, 'width="84%"', 'width="48%"')), 7,
                                        "^claims.html: .*48%.*, not .*84%"),
    "another length of a bar in a notebook, healed": (
        healed(replace(NOTEBOOK, 'width=\\"84%', 'width=\\"48%')), 7, "claims.ipynb, cell claims-6: .*48%.*, not .*84%"),
    "a row more in what is packed, healed": (healed(replace(CLAIMS_PAGE, 'hidden value="', 'hidden value="AAAA')), 7,
                                             "^claims.html: .*AAAA"),
    "a page of a source, healed": (healed(replace("report/sources/velmora.html", "state", "city")), 7,
                                   "^sources/velmora.html: .*city"),
    "a page of an article, healed": (healed(replace("report/articles/dam.html", "will not break", "will break")), 7,
                                     "^articles/dam.html: .*will break"),
    "a page gone, healed": (healed(remove("report/sources/velmora.html")), 7, "sources/velmora.html is missing from the report"),
    "a script of another's, healed": (healed(replace("report/sources/velmora.html", "<footer>", "<script>alert(1)</script><footer>")), 7, "velmora.html: .*alert"),
    "a pipe in the place of a table": (pipe(FIGURES), 3, "tables/figures.csv is not .*: it is no regular file"),
    "a pipe in the place of a table, healed": (healed(pipe(FIGURES)), 3,
                                               "manifest.json: 'outputs' is not as On Record writes it"),
    "a pipe in the place of the manifest": (pipe("report/manifest.json"), 3,
                                            "manifest.json: this is no report's manifest .it is no regular file"),
    "a link to a folder": (lambda place: (place / "report" / "more").symlink_to(place), 3, "^more is not .*: it was added"),
    "a link in the place of a folder": (lambda place: folder_linked(place / "report" / "tables"), 3,
                                        "tables/.* is not .*: it is gone"),
    "a column renamed": (replace(CLAIMS, '"cue"', '"cues"'), 3,
                         "tables/claims.csv .*: it cannot be read .*its columns are .*cues"),
    "a column renamed, healed": (
        healed(replace(CLAIMS, '"cue"', '"cues"')), 5,
        "claims.csv: it cannot be read as the table claims .its columns are .*cues"),
    "a column renamed in Parquet, healed": (healed(renamed), 5,
                                            "figures.parquet: it cannot be read as the table figures .*not in index"),
    "a column more, healed": (healed(replace(CLAIMS, '"cue"', '"cue","more"')), 5, "claims.csv"),
    "NULs in a table": (write(CLAIMS, "\0" * 999), 3, "tables/claims.csv .*: it cannot be read"),
    "NULs in a table, healed": (healed(write(CLAIMS, "\0" * 999)), 5, "claims.csv: it cannot be read as the table claims"),
    "NULs in a row, healed": (healed(replace(CLAIMS, "Says", "Sa\0ys")), 5, "claims.csv"),
    "NULs in Parquet, healed": (healed(write("report/tables/claims.parquet", "PAR1" + "\0" * 999 + "PAR1")), 5,
                                "claims.parquet: it cannot be read"),
    "an empty table, healed": (healed(write(CLAIMS, "")), 5, "claims.csv: it cannot be read as the table claims"),
    "spans that are none, healed": (healed(rows("claims", first_of("cue_spans", '{"0": 4}'))), 5,
                                    "dam.c1: cue_spans is no list of .start, end."),
    "spans of words, healed": (healed(rows("claims", first_of("cue_spans", '["ab"]'))), 5,
                               "dam.c1: cue_spans is no list of .start, end."),
    "spans in spans, healed": (healed(rows("claims", first_of("cue_spans", "[" * 100_000))), 5,
                               "dam.c1: cue_spans is no list of .start, end."),
    "a row of no article, healed": (healed(ghost), 5, "row dam.c1: article_id 'ghost' is that of no article"),
    "a notebook that nests, healed": (healed(write(NOTEBOOK, "[" * 100_000)), 7, "claims.ipynb: it cannot be read"),
    "a manifest that nests": (write("report/manifest.json", "[" * 100_000), 3, "manifest.json: this is no report's manifest"),
    "a manifest that is a list": (write("report/manifest.json", "[]"), 3,
                                  "manifest.json: this is no report's manifest .it is no object"),
    "a manifest of NULs": (write("report/manifest.json", "\0" * 99), 3, "manifest.json: this is no report's manifest"),
    "NaN in the manifest": (
        replace("report/manifest.json", '"given": {', '"given": {"source": NaN'), 3,
        "manifest.json: this is no report's manifest .NaN is no JSON"),
    "a key of the manifest gone": (replace("report/manifest.json", '"outputs"', '"output"'), 3,
                                   "manifest.json: 'outputs' is not as"),
    "lists in the manifest": (manifest("inputs", "dam.txt", value=["x"]), 3,
                              "manifest.json: 'inputs' is not as On Record writes it"),
    "parameters that are none": (manifest("parameters", value={"claims": [[[]]]}), 3,
                                 "manifest.json: 'parameters' is not as On Record writes it"),
    "a link in the place of a file": (linked, 3, "tables/figures.csv is not .*: it is a link"),
    "a byte order mark in a table": (replace(FIGURES, '"figure_id"', '\ufeff"figure_id"'), 3,
                                     "figures.csv .*: its rows are right, its bytes are not"),
    "a byte order mark in the page": (replace("report/index.html", "<!doctype", "\ufeff<!doctype"), 3,
                                      r"index.html .*: it says '\\ufeff<!doctype"),
    "other ends of lines": (line_ends, 3, r"index.html .*: it says '.*\\r\\n.*', not '.*\\n"),
    "another type in Parquet, healed": (healed(narrowed), 7, "figures.parquet: its rows are right, its bytes are not"),
    "rows in another order, healed": (healed(rows("claims", lambda table: table.iloc[::-1])), 7,
                                      "claims.csv: its rows .* in another order"),
    "a claim moved by one, healed": (healed(rows("claims", first_of("cue_spans", "[[9, 13]]"))), 5,
                                     "dam.c1: cue_spans .* does not slice to 'Says'"),
    "a sentence moved by one, healed": (healed(rows("claims", first_of("sentence_start", 1))), 5,
                                        "row dam.c1: sentence_start, sentence_end"),
    "who cites whom": (replace("report/tables/citations.graphml", "velmora", "nobody"), 3,
                       "citations.graphml .*nobody.*, not .*velmora"),
    "a name twice in the manifest": (replace("report/manifest.json", '"python"', '"python": "3.0", "python"'), 7,
                                     "manifest.json: it says .*3.0"),
    "the corpus's name": (manifest("corpus", value="here/small"), 7, "u2026/small.*, not .*here/small"),
    "the notebooks' corpus": (manifest("given", value={"corpus": "seeds"}), 7,
                              "cannot be made again: Parameter 'corpus' is set by the report"),
    "a file outside": (named_outside, 3, "../small/dam.txt is not .*: it is gone"),
    "a file with a name of Python's": (write("report/__pycache__.html", "other"), 3, "__pycache__.html is not .*: it was added"),
    "an article with a name of Python's": (write("small/__pycache__.txt", "Nothing happened."), 4,
                                           "__pycache__.txt is among the articles"),
}


def first_parquet(place, name, column, value):
    path = place / "report" / "tables" / f"{name}.parquet"
    first_of(column, value)(tables.read_parquet(path)).to_parquet(path, index=False)


def drop_line(path, number):
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:number] + lines[number + 1:]), encoding="utf-8")


@pytest.mark.parametrize("name", TAMPERINGS)
def test_every_tampering_is_named(place, name):
    tamper, status, words = TAMPERINGS[name]
    tamper(place)
    verdict = verify.verify(place / "report", place / "small")
    assert verdict.status == status and re.search(words, verdict.words, re.DOTALL), verdict


def test_an_untampered_report_is_the_same(place, capsys):
    assert cli.main(["verify", str(place / "report"), "--corpus", str(place / "small"), "--quiet"]) == 0
    told = r"The same: \d+ files, \d+ rows over 4 files of articles, 7 notebooks run again; to be cited as [0-9a-f]{64}\.\n"
    assert re.fullmatch(told, capsys.readouterr().out)


def test_the_status_of_the_command_is_the_verdict_s(place, capsys):
    (place / "report" / "index.html").write_text("other")
    assert cli.main(["verify", str(place / "report"), "--corpus", str(place / "small"), "--quiet"]) == 3
    assert capsys.readouterr().out.startswith("index.html is not the file that the manifest names")


def test_what_cannot_be_checked_is_an_error(place, capsys):
    assert cli.main(["verify", str(place / "nowhere"), "--quiet"]) == 1
    assert cli.main(["verify", str(place / "report"), "--quiet"]) == 1
    assert "nowhere: there is no such report" in (told := capsys.readouterr().err) and "say with --corpus where they are" in told


@pytest.mark.parametrize("name", ["/", "..", "notebooks/../..", "", ".", "/tmp", "…/../..", "a\0b"])
def test_a_manifest_leads_nowhere_but_into_the_project(place, capsys, monkeypatch, name):
    manifest("corpus", value=name)(place)
    monkeypatch.setattr(manifests, "describe", None)  # nothing is read
    for arguments in ([], ["--corpus", str(place / "small")]):
        assert cli.main(["verify", str(place / "report"), "--quiet", *arguments]) == 1
        told = capsys.readouterr().err
        assert told.startswith("onrecord: manifest.json: the corpus ") and told.endswith("so nothing is read there.\n")


def test_a_check_that_fails_is_one_line(place, capsys, monkeypatch):
    monkeypatch.setattr(extract, "extract", lambda *given: {}["x"])
    assert cli.main(["verify", str(place / "report"), "--corpus", str(place / "small"), "--quiet"]) == 1
    assert capsys.readouterr().err.startswith("onrecord: An error of On Record stopped it: KeyError: 'x'")


def test_a_report_passes_elsewhere_for_another_user_in_another_time_zone_with_one_core(report, tmp_path):
    shutil.copytree(report, tmp_path / "report")
    shutil.copytree(report.parent / "small", tmp_path / "articles")
    strange = {"HOME": str(tmp_path), "USER": "somebody", "LOGNAME": "somebody", "TZ": "Pacific/Auckland", "LANG": "tr_TR.UTF-8",
               "LC_ALL": "C", "PYTHONHASHSEED": "3",
               "PYTHONPATH": str(manifests.ROOT), "PATH": os.environ["PATH"]}
    done = subprocess.run([sys.executable, "-c", ELSEWHERE], cwd=tmp_path, env=strange, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "") and done.stdout.startswith("The same: ")
