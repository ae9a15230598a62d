"""The whole report: the same bytes anywhere, inert whatever the articles hold, and never half a report."""

import hashlib
import http.server
import json
import os
import re
import shutil
import subprocess
import threading
import time
from xml.etree import ElementTree

import nbformat
import pytest

from analysis import extract, load, manifests
from analysis.report import make_report, run, verify
from tests.pages import Page
from tests.small_corpus import extract_by_hand, make_small_report, write_corpus, written_only

ATOM = "{http://www.w3.org/2005/Atom}"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def tree(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def pages(report):
    """Every page of the report, by its path."""
    return {path.relative_to(report).as_posix(): Page(path.read_text(encoding="utf-8"))
            for path in sorted(report.rglob("*.html"))}


def test_two_runs_in_two_folders_give_the_same_bytes(report, tmp_path, monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    monkeypatch.setenv("PYTHONHASHSEED", "11")
    monkeypatch.chdir(tmp_path)
    time.tzset()
    first, second = tree(report), tree(make_small_report(tmp_path / "a folder {with} odd names"))
    monkeypatch.undo()
    time.tzset()
    assert list(first) == list(second)
    assert [path for path in first if first[path] != second[path]] == []


def test_no_output_names_this_machine(report, tmp_path):
    told = [str(report.parent), str(manifests.ROOT), os.uname().nodename]
    for path, data in tree(report).items():
        assert [word for word in told if word.encode() in data] == [], path


def test_the_manifest_names_every_file_in_and_out(report):
    manifest = manifests.read(report)
    assert list(manifest["inputs"]) == ["dam.txt", "hostile.txt", "more.jsonl", "photo.png"]
    files = {path: hashlib.sha256(data).hexdigest() for path, data in tree(report).items() if path != "manifest.json"}
    assert manifest["outputs"] == files and {"index.html", "tables/claims.csv", "notebooks/claims.ipynb"} <= set(files)
    assert manifest["corpus"] == "…/small" and manifest["code"] == manifests.code_hash() and len(manifest["model"]["sha256"]) == 64
    assert manifest["parameters"]["claims"] == {"corpus": "…/small", "tables_folder": "../tables"}


def test_every_cell_was_run_without_a_word_on_the_side(report):
    for path in sorted((report / "notebooks").glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
        code = [cell for cell in notebook.cells if cell.cell_type == "code"]
        assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1)), path.name
        assert {output.output_type for cell in code for output in cell.outputs} == {"execute_result"}, path.name


def test_a_notebook_of_one_event_and_of_one_source_shows_how_their_pages_are_made(report):
    names = sorted(path.stem for path in (report / "notebooks").glob("*.ipynb"))
    assert [name for name in names if not name.startswith("event-")] == ["claims", "comparison", "corpus", "explore", "figures", "source-orrin-tass"]
    assert len(names) == 7


def test_no_page_runs_or_asks_for_anything_of_others_and_each_says_what_it_shows(pages):
    for path, page in pages.items():
        assert (page.runs, page.asks, page.wordless) == ([], [], []), path
        assert page.policy.startswith("default-src 'none'; img-src data:;"), path


def test_every_link_leads_somewhere(pages, report):
    for path, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), path
        for link in page.links:
            file, _, place = link.partition("#")
            to = (report / path).parent / file if file else report / path
            assert to.is_file(), (path, link)
            assert not place or place in pages[to.resolve().relative_to(report.resolve()).as_posix()].ids, (path, link)
    assert sum(len(page.links) for page in pages.values()) > 200


def test_there_is_a_page_for_each_event_source_and_article(pages, report):
    found = manifests.read_tables(report / "tables")
    made = {folder: sum(path.startswith(f"{folder}/") for path in pages) for folder in ("events", "sources", "articles")}
    assert made == {name: len(found[name]) for name in ("events", "sources", "articles")}
    assert {"index.html", "events.html", "sources.html", "claims.html", "figures.html", "articles.html", "sure.html", "made.html"} <= set(pages)


def test_marks_and_rows_lead_to_each_other_and_every_table_to_marks(pages):
    dam = pages["articles/dam.html"]
    places = [each for each in dam.ids if each.startswith(("c-", "f-"))]
    assert len(places) == 9 and all(f"#{place}" in dam.links and f"#row-{place}" in dam.links for place in places)
    assert {f"articles/dam.html#{place}" for place in places} <= {*pages["claims.html"].links, *pages["figures.html"].links}


def test_the_first_screen_is_the_finding_and_its_cards(report):
    html = (report / "index.html").read_text(encoding="utf-8")
    assert html.index("<h1>Three articles, five sources and six numbers</h1>") < html.index("3 articles") < html.index('class="card"')
    assert html.index('class="card"') < html.index("Who is heard most")


def test_feeds_are_atom_and_lead_into_the_report(report):
    feeds = sorted(report.rglob("*.xml"))
    assert len(feeds) > len(list((report / "events").glob("*.html"))) and report / "feed.xml" in feeds
    for path in feeds:
        feed = ElementTree.fromstring(path.read_bytes())
        for of in (feed, *feed.iter(f"{ATOM}entry")):
            assert [len(of.findall(f"{ATOM}{name}")) for name in ("id", "title", "updated")] == [1, 1, 1], path
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", of.findtext(f"{ATOM}updated"))
            for link in of.findall(f"{ATOM}link"):
                assert (path.parent / link.get("href").partition("#")[0]).is_file(), (path, link.get("href"))
        ids = [each.text for each in feed.iter(f"{ATOM}id")]
        assert len(set(ids)) == len(ids) and all(each.startswith("tag:onrecord.invalid,2026:small/") for each in ids)


def test_a_chart_alone_is_a_page_without_anything_around_it(large):
    path = next((large / "embed").glob("*.html"))
    html, page = path.read_text(encoding="utf-8"), Page(path.read_text(encoding="utf-8"))
    assert (page.runs, page.asks, page.wordless) == ([], [], []) and "script-src 'none'" in page.policy
    assert "<nav" not in html and "<figcaption>" in html and "<table" in html and len(html) < 25_000
    assert [link for link in page.links] == [f"../events/{next(each.stem for each in (large / 'events').glob('*.html') if each.name in html)}.html"]


def test_each_table_is_there_in_three_forms_and_each_column_has_its_meaning(report, pages):
    found = manifests.read_tables(report / "tables")
    html = (report / "data.html").read_text(encoding="utf-8")
    for name, table in found.items():
        assert {f"tables/{name}.{form}" for form in ("csv", "parquet", "json")} <= set(pages["data.html"].links)
        assert len(json.loads((report / "tables" / f"{name}.json").read_text(encoding="utf-8"))) == len(table)
        assert all(f">{column}</td>" in html for column in table)
    assert html.count('data-label="What it means"></td>') == 0
    assert json.loads((report / "tables" / "claims.json").read_text(encoding="utf-8"))[0]["cue_spans"] == [[8, 12]]


def test_a_report_is_cited_by_what_it_is_made_from(report):
    manifest = manifests.read(report)
    cited = manifests.fingerprint(manifest)
    assert cited == manifests.fingerprint({**manifest, "outputs": {}}) != manifests.fingerprint({**manifest, "code": "0" * 64})
    for path in (report / "index.html", next((report / "events").glob("*.html"))):
        assert cited in path.read_text(encoding="utf-8").partition("Cite this")[2]


def test_hostile_text_is_shown_and_stays_inert(report):
    html = (report / "articles" / "hostile.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;alert" in html and "onerror=alert" in html and "a" * 1_000_000 in html
    assert "\x07" not in html and "\u202e" not in html
    assert "\n'=HYPERLINK" not in html and ",\"'=HYPERLINK" in (report / "tables/claims.csv").read_text(encoding="utf-8")


@pytest.mark.skipif(not CHROMIUM, reason="no Chromium is installed")
def test_a_browser_that_opens_the_page_asks_for_nothing_else(report, tmp_path):
    page = (report / "articles" / "hostile.html").read_bytes()
    background = _asked(b"<!doctype html><link rel=icon href=data:,>", tmp_path / "one")
    assert _asked(page, tmp_path / "two") - background == set()
    assert "http://bad.test/x" in _asked(b"<img src=http://bad.test/x>", tmp_path / "three")


def _asked(page, profile):
    """Everything a browser asks for on opening `page`: all its requests come to a proxy that answers with the page."""
    asked = set()

    class Proxy(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.add(self.path.partition("?")[0])
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page)

        def do_CONNECT(self):
            asked.add(self.path)
            self.send_error(502)

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Proxy) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        subprocess.run(
            [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
             "--disable-background-networking", "--disable-component-update",
             "--disable-features=NetworkTimeServiceQuerying,OptimizationHints", f"--user-data-dir={profile}",
             f"--proxy-server=http://127.0.0.1:{server.server_port}", "--dump-dom", "http://report.test/"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=120, check=True)
        server.shutdown()
    assert "http://report.test/" in asked
    return asked


@pytest.fixture
def old(tmp_path, monkeypatch):
    """A corpus and an older report on it; nothing in making the next one takes long."""
    monkeypatch.setattr(extract, "extract", extract_by_hand)
    monkeypatch.setattr(run, "run", written_only)
    corpus, out = write_corpus(tmp_path / "small"), tmp_path / "reports" / "small"
    make_report(corpus, out=out, quiet=True)
    return corpus, out


def test_a_failed_run_leaves_the_last_report_and_keeps_its_notebook_and_log(old, monkeypatch):
    corpus, out = old
    before = tree(out)
    monkeypatch.setattr(run, "run", _fails)
    (corpus / "dam.txt").write_text("Another text.\n")
    with pytest.raises(ValueError, match="comparison.ipynb, cell 3"):
        make_report(corpus, out=out, quiet=True)
    assert tree(out) == before and sorted(os.listdir(out.parent)) == ["small", "small.failed"]
    assert "comparison.ipynb, cell 3" in (out.parent / "small.failed" / "log.txt").read_text()
    assert (out.parent / "small.failed" / "notebooks" / "comparison.ipynb").read_text() == "as far as it came"
    monkeypatch.setattr(run, "run", written_only)
    make_report(corpus, out=out, quiet=True)
    assert tree(out) != before and sorted(os.listdir(out.parent)) == ["small", "small.changes"]


def test_what_a_failed_run_left_goes_when_a_run_ends_well_and_changes_nothing(old, monkeypatch):
    corpus, out = old
    text = (corpus / "dam.txt").read_text()
    with monkeypatch.context() as failing:
        failing.setattr(run, "run", _fails)
        (corpus / "dam.txt").write_text("Another text.\n")
        with pytest.raises(ValueError, match="comparison.ipynb, cell 3"):
            make_report(corpus, out=out, quiet=True)
    (corpus / "dam.txt").write_text(text)
    assert make_report(corpus, out=out, quiet=True).outcome == "unchanged" and os.listdir(out.parent) == ["small"]


def _fails(notebook, path, parameters):
    path.write_text("as far as it came")
    raise ValueError(f"{path.name}, cell 3: KeyError: 'x'")


def test_a_report_is_replaced_whole(old):
    corpus, out = old
    (out / "left from before.txt").write_text("old")
    make_report(corpus, out=out, quiet=True)
    assert not (out / "left from before.txt").exists() and (out / "index.html").is_file()
    assert [path.name for path in out.parent.iterdir()] == ["small"]


def test_a_folder_that_is_no_report_is_never_replaced(old, tmp_path):
    corpus, _ = old
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "letter.txt").write_text("Dear Orrin")
    with pytest.raises(ValueError, match="letters: this is no report"):
        make_report(corpus, out=tmp_path / "letters", quiet=True)
    assert (tmp_path / "letters" / "letter.txt").read_text() == "Dear Orrin"


@pytest.mark.parametrize(("parameters", "fault"), [
    ({"sorce": "velmora"}, "No notebook has a parameter 'sorce'; did you mean 'source'"),
    ({"source": 7}, "Parameter 'source' must be str, not 7"),
    ({"source": "nobody"}, "The corpus has no source 'nobody'"),
])
def test_a_wrong_parameter_is_one_sentence_before_any_kernel(old, parameters, fault):
    corpus, out = old
    before = tree(out)
    with pytest.raises(ValueError, match=fault):
        make_report(corpus, out=out, quiet=True, parameters=parameters)
    assert tree(out) == before


def test_all_faults_of_the_parameters_are_told_at_once(old):
    with pytest.raises(ValueError) as fault:
        make_report(old[0], out=old[1], quiet=True, parameters={"sorce": "x", "source": 7})
    assert "'sorce'" in str(fault.value) and "not 7" in str(fault.value)


def test_one_source_can_be_asked_for(old):
    make_report(old[0], out=old[1], quiet=True, parameters={"source": "ledger"})
    assert [path.stem for path in (old[1] / "notebooks").glob("source-*")] == ["source-ledger"]


def test_progress_is_plain_lines_where_there_is_no_terminal_and_nothing_on_quiet(old, capfd):
    make_report(old[0], out=old[1], force=True)
    assert capfd.readouterr().err.splitlines()[-1] == "notebooks: 7 of 7"
    make_report(old[0], out=old[1], quiet=True, force=True)
    assert capfd.readouterr() == ("", "")
    told = []
    make_report(old[0], out=old[1], force=True, progress=lambda *step: told.append(step))
    assert told[2:4] == [(3, 3, "articles"), (1, 7, "notebooks")]


@pytest.mark.parametrize(("code", "cause"), [("1 / 0", "ZeroDivisionError: division by zero"),
                                             ("import os; os._exit(1)", "DeadKernelError: ")])
def test_a_notebook_that_fails_names_itself_its_cell_and_the_cause(tmp_path, code, cause):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in ("x = 1", code)])
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    run.write(notebook, tmp_path / "odd.ipynb")
    with pytest.raises(ValueError, match=f"executed.ipynb, cell 2: {cause}"):
        run.run(tmp_path / "odd.ipynb", tmp_path / "executed.ipynb", {})
    assert run.notebook_of(tmp_path / "executed.ipynb").cells[-1].source == code


def test_ready_tables_are_taken_only_while_they_are_of_the_same_articles(old, monkeypatch):
    corpus, out = old
    monkeypatch.chdir(out / "notebooks")
    anew = []
    monkeypatch.setattr(extract, "extract", lambda articles, *told: anew.append(1) or extract_by_hand(articles, *told))
    assert len(load(str(corpus), "../tables")["claims"]) == 7 and anew == []
    (corpus / "more.jsonl").unlink()
    assert len(load(str(corpus), "../tables")["claims"]) == 6 and anew == [1]
    assert len(load("no such corpus", "../tables")["claims"]) == 7 and anew == [1]
    with pytest.raises(ValueError, match="no such"):
        load("no such corpus")


def test_a_folder_of_the_project_is_not_read_for_a_corpus_elsewhere_of_the_same_name(old, tmp_path, monkeypatch):
    project = tmp_path / "project"
    (project / "small").mkdir(parents=True)
    (project / "small" / "other.txt").write_text("Nobody said anything.\n")
    monkeypatch.setattr(manifests, "ROOT", project)
    corpus, out = old
    given = manifests.read(out)["parameters"]["claims"]
    monkeypatch.chdir(out / "notebooks")
    assert len(load(**given)["claims"]) == 7 and len(load("small", "../tables")["claims"]) == 0
    with pytest.raises(ValueError, match="say with --corpus where they are"):
        verify.verify(out)
    assert manifests.recorded(corpus) == "…/small" and manifests.recorded(project / "small") == "small"


def test_no_json_holds_nan(old, tmp_path, monkeypatch):
    with pytest.raises(ValueError, match="nan"):
        manifests.write({"given": float("nan")}, tmp_path)
    cell = nbformat.v4.new_code_cell(outputs=[nbformat.v4.new_output("display_data", {"application/json": float("inf")})])
    with pytest.raises(ValueError, match="odd.ipynb: its outputs are no JSON"):
        run.write(nbformat.v4.new_notebook(cells=[cell]), tmp_path / "odd.ipynb")
    for path in old[1].rglob("*"):
        if path.suffix in (".json", ".ipynb"):
            json.loads(path.read_text(encoding="utf-8"), parse_constant=lambda name: pytest.fail(f"{path}: {name}"))


def test_a_manifest_that_is_none_is_named(tmp_path):
    (tmp_path / "manifest.json").write_text("{")
    with pytest.raises(ValueError, match="manifest.json: this is no report's manifest"):
        manifests.read(tmp_path)
    assert json.loads((tmp_path / "manifest.json").read_text() + "}") == {}
