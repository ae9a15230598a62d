"""What people correct beside the articles changes its row and no other, on every run, or is told to have found none."""

import pandas as pd
import pytest

from analysis import corrections, extract, frames, story, tables, tabulate
from analysis.compare.build import compare
from analysis.corpus import Corpus, article_from_text, read_corpus
from analysis.sources import Asserter
from analysis.types import Claim, Extraction, Figure

TEXT = ("Boats Burn\n\nThe mayor of Oldbridge said 12 boats burned at the quay. Police said 12 people were hurt. "
        "The Ledger reported that Velmora denied that 40 men had fled. It rained for 3 days.")
SAID = [("The mayor of Oldbridge", "said", "12 boats burned at the quay", None, "mayor of Oldbridge", "unnamed"),
        ("Police", "said", "12 people were hurt", None, "Police", "organisation"),
        ("The Ledger", "reported", "Velmora denied that 40 men had fled", None, "The Ledger", "outlet"),
        ("Velmora", "denied", "40 men had fled", 2, "Velmora", "state")]
NUMBERS = [("12 boats", "12", 12.0, "boat", "", 0), ("12 people", "12", 12.0, "people", "injured", 1),
           ("40 men", "40", 40.0, "man", "", 3), ("3 days", "3", 3.0, "day", "", None)]
HEAD = "row,quote,sentence,what,value,who,when,why\n"


def extraction(skip=0, text=TEXT):
    """What would be found in the text; without the first `skip` claims and figures, as altered rules might."""
    article = article_from_text("a", text, path="a.txt", outlet="The Courier", published="2024-03-01")

    def at(words, inside=""):
        start = text.index(words) + words.index(inside or words)
        return start, start + len(inside or words)
    said = SAID[skip:]
    claims = [Claim([at(source)], [at(f"{source} {cue}", cue)], [at(content)], "indirect", "says", False,
                    None if parent is None else parent - skip, "tagger", 0.9)
              for source, cue, content, parent, _, _ in said]
    figures = [Figure(at(words, number), value, None, None, "=", "count", unit, "", [], measure=measure or None,
                      claim=None if claim is None else claim - skip)
               for words, number, value, unit, measure, claim in NUMBERS[skip:]]
    sentences = [(start, start + len(part))
                 for part in text.replace("\n\n", ". ").split(". ") if part for start in [text.index(part)]]
    return Extraction(article, claims, figures,
                      [Asserter(claim.source, name, kind, "") for claim, (*_, name, kind) in zip(claims, said)], sentences)


def built(folder, found=None):
    found = found or extraction()
    corpus = Corpus("a", folder, (found.article,), ())
    made = tabulate.build(corpus, [found])
    tables.check(made, corpus)
    return made


def write(folder, *lines, name="corrections.csv"):
    (folder / name).write_text(HEAD + "".join(line + "\n" for line in lines), encoding="utf-8")


def changed(before, after, name):
    """What differs in a table: row id, column, value."""
    key = tables.IDS[name]
    old, new = (frame.set_index(key).astype(object) for frame in (before[name], after[name]))
    told = {(row, "gone", "") for row in old.index.difference(new.index)} | {(row, "new", "") for row in new.index.difference(old.index)}
    return told | {(row, column, new.loc[row, column]) for row in old.index.intersection(new.index) for column in old
                   if not (old.loc[row, column] == new.loc[row, column]
                           or pd.isna(old.loc[row, column]) and pd.isna(new.loc[row, column]))}


CORRECTIONS = [
    ("a.c1,12 boats burned at the quay,,source,Ann Tolle", {("a.c1", "source_id", "ann-tolle")},
     {("a.f1", "source_id", "ann-tolle")}),
    ("a.c1,12 boats burned at the quay,,source,Velmora", {("a.c1", "source_id", "velmora")}, {("a.f1", "source_id", "velmora")}),
    ("a.c1,12  boats burned at\tthe quay,,source,", {("a.c1", "source_id", None)}, {("a.f1", "source_id", "courier")}),
    ("a,40 men had fled,,stance,denies", {("a.c4", "stance", "denies")}, set()),
    ("a.c4,40 men had fled,,reject,", {("a.c4", "gone", "")}, {("a.f3", "claim_id", "a.c3"), ("a.f3", "source_id", "ledger")}),
    ("a.c3,Velmora denied that 40 men had fled,,reject,", {("a.c3", "gone", ""), ("a.c4", "parent_id", None)}, set()),
    ("a.f1,12,,value,14", set(), {("a.f1", "value", 14.0)}),
    ("a.f1,12,,value,>= 1 000", set(), set()),
    ("a.f1,12,,value,>= 14", set(), {("a.f1", "value", 14.0), ("a.f1", "comparator", ">=")}),
    ("a.f1,12,,value,10 to 14", set(),
     {("a.f1", "value", None), ("a.f1", "low", 10.0), ("a.f1", "high", 14.0), ("a.f1", "comparator", "range")}),
    ("a.f1,12,,measure,burned", set(), {("a.f1", "measure", "burned")}),
    ("a.f2,12,,measure,", set(), {("a.f2", "measure", None)}),
    ("a.f3,40,,group,men", set(),
     {("a.f3", "counted", "men"), ("a.f3", "counted_spans", f"[[{TEXT.index('men had')}, {TEXT.index('men had') + 3}]]")}),
    ("a.f3,40,,group,fugitives", set(), {("a.f3", "unit", "fugitives")}),
    ("a.f3,40,,standing,background", set(), {("a.f3", "background", "correction")}),
    ("a.f3,40,,standing,part of 3", set(), {("a.f3", "part_of", "a.f4")}),
    ("a.f4,3,,source,Police", set(), {("a.f4", "source_id", "police")}),
    ("a.f4,3,,reject,", set(), {("a.f4", "gone", "")}),
    ("a,It rained for 3 days,,add claim,Ann Tolle", {("a.c5", "new", "")}, set()),
    ("a,40 men,,add figure,40", set(), {("a.f5", "new", "")}),
]
JUDGEMENTS = ["a.c2,12 people were hurt,,accept,", "a.f4,3,,accept,", "a,,,read,"]  # these change no row


@pytest.mark.parametrize("line, claims, figures", CORRECTIONS, ids=[line for line, *_ in CORRECTIONS])
def test_a_correction_changes_its_row_and_no_other(tmp_path, line, claims, figures):
    before = built(tmp_path)
    write(tmp_path, f"{line},Mira,2024-03-02,checked")
    after = built(tmp_path)
    known = {(row, column, None if pd.isna(value) else value)
             for name in ("claims", "figures") for row, column, value in changed(before, after, name)}
    assert known == claims | figures
    told = after["corrections"].iloc[0]
    assert (told["state"] == "applied") == bool(claims | figures) and (told["who"], told["when"], told["why"]) == ("Mira", "2024-03-02", "checked")
    assert changed(before, after, "articles") == set() and set(after["sources"]["source_id"]) >= set(before["sources"]["source_id"])


@pytest.mark.parametrize("line", JUDGEMENTS)
def test_a_judgement_is_told_and_changes_nothing(tmp_path, line):
    before = built(tmp_path)
    write(tmp_path, f"{line},Mira,2024-03-02,")
    after = built(tmp_path)
    assert [changed(before, after, name) for name in ("articles", "claims", "figures", "sources")] == [set()] * 4
    assert after["corrections"][["row", "state", "after"]].to_numpy().tolist() == [[line.split(",")[0], "applied", "read whole" if "read" in line else "right"]]


MAYOR, POLICE = "The mayor of Oldbridge said 12 boats burned at the quay", "Police said 12 people were hurt. The Ledger reported that Velmora denied that 40 men had fled"
TOGETHER = ["a.c1,12 boats burned at the quay,,source,Ann Tolle", "a.c2,12 people were hurt,,accept,",
            "a.c4,40 men had fled,,stance,denies", f"a.f1,12,{MAYOR},value,>= 14",
            f"a.f2,12,{POLICE},measure,", "a.f3,40,,group,men", "a.f3,40,,standing,background", "a.f4,3,,reject,",
            "a,It rained for 3 days,,add claim,Ann Tolle",
            "a,40 men,,add figure,40", "a,,,read,"]
MEN = f"[[{TEXT.index('men had')}, {TEXT.index('men had') + 3}]]"


def test_all_at_once_change_exactly_their_rows(tmp_path):
    before = built(tmp_path)
    write(tmp_path, *(f"{line},,," for line in TOGETHER))
    after = built(tmp_path)
    assert set(after["corrections"]["state"]) == {"applied"}
    assert changed(before, after, "claims") == {("a.c1", "source_id", "ann-tolle"), ("a.c4", "stance", "denies"),
                                                ("a.c5", "new", "")}
    told = {(row, column, None if pd.isna(value) else value) for row, column, value in changed(before, after, "figures")}
    assert told == {("a.f1", "source_id", "ann-tolle"), ("a.f1", "value", 14.0), ("a.f1", "comparator", ">="),
                    ("a.f2", "measure", None), ("a.f3", "counted", "men"),
                    ("a.f3", "counted_spans", MEN), ("a.f3", "background", "correction"), ("a.f4", "gone", ""),
                    ("a.f5", "new", "")}


def test_all_at_once_change_the_same_rows_under_altered_rules_or_are_orphans(tmp_path):
    """The mayor's claim and figure are found no more, so that all rows are numbered anew; one sentence is cut in two."""
    before = built(tmp_path, extraction(skip=1))
    write(tmp_path, *(f"{line},,," for line in TOGETHER))
    after = built(tmp_path, extraction(skip=1))
    told = after["corrections"]
    assert told.loc[told["state"] != "applied", ["row", "what", "state"]].to_numpy().tolist() == [
        ["a.c1", "source", "an orphan: no row of the article quotes these words"],
        ["a.f1", "value", "an orphan: no row of the article quotes these words"]]
    assert changed(before, after, "claims") == {("a.c3", "stance", "denies"), ("a.c4", "new", "")}
    found = {(row, column, None if pd.isna(value) else value) for row, column, value in changed(before, after, "figures")}
    assert found == {("a.f1", "measure", None), ("a.f2", "counted", "men"), ("a.f2", "counted_spans", MEN),
                     ("a.f2", "background", "correction"), ("a.f3", "gone", ""),
                     ("a.f4", "new", "")}


def test_a_name_that_several_sources_have_is_that_of_the_article(tmp_path):
    first, second = extraction(), extraction()
    second.article = article_from_text("b", TEXT, path="b.txt")
    corpus = Corpus("a", tmp_path, (first.article, second.article), ())
    write(tmp_path, "b.c2,12 people were hurt,,source,Mayor of Oldbridge,,,", "b.c4,40 men had fled,,source,Tess Orn,,,",
          "a.c4,40 men had fled,,source,tess orn,,,")
    claims = tabulate.build(corpus, [first, second])["claims"].set_index("claim_id")["source_id"]
    assert claims["b.c2"] == claims["b.c1"] != claims["a.c1"] and claims["b.c4"] == claims["a.c4"] == "tess-orn"


def test_a_claim_that_is_added_quotes_who_says_it_where_the_sentence_does(tmp_path):
    write(tmp_path, "a,people were hurt,,add claim,Police,,,", "a,It rained for 3 days,,add claim,Police,,,")
    assert built(tmp_path)["claims"].set_index("content").loc[["people were hurt", "It rained for 3 days"], ["source", "source_id"]].to_numpy().tolist() == [
        ["Police", "police"], ["", "police"]]


def test_corrections_find_their_rows_again_or_are_told_as_orphans(tmp_path):
    """Altered rules find one claim and one figure less, so that all rows are numbered anew."""
    write(tmp_path, *(f"{line},,," for line, *_ in CORRECTIONS))
    told = built(tmp_path, extraction(skip=1))["corrections"]
    states = dict(zip(told["quote"] + ", " + told["what"] + ", " + told["value"], told["state"]))
    assert states["40 men had fled, stance, denies"] == "applied" and states["40, group, fugitives"] == "applied"
    assert states["12 boats burned at the quay, source, Ann Tolle"] == "an orphan: no row of the article quotes these words"
    assert set(told["row"][told["quote"] == "40"]) == {"a.f2"} and states["40, standing, part of 3"] == "applied"
    told = built(tmp_path, extraction(text="Long ago. " + TEXT))["corrections"]  # words before them move all offsets
    assert (told["state"].str.startswith("an orphan")).sum() == 0


def test_the_same_words_twice_need_their_sentence(tmp_path):
    write(tmp_path, "a,12,,value,13,,,", "a,12,Police said 12 people were hurt,value,14,,,", "b.f1,12,,value,15,,,",
          "a,Nobody,,add claim,,,,", "a,said,,add claim,,,,",
          "a.f1,12,,colour,red,,,", "a.f1,,,value,1,,,", "a.f1,12,,value,many,,,",
          "a.c1,12 boats burned at the quay,,stance,sings,,,", "a.f1,12,,standing,odd,,,",
          "a.f4,3,,standing,part of 12,,,")
    made = built(tmp_path)
    assert made["figures"]["value"].to_list() == [12, 14, 40, 3]
    assert sorted(made["corrections"]["state"]) == sorted([
        "2 rows of the article quote these words; give the sentence", "applied", "an orphan: 'b' is none of the articles",
        "an orphan: its words stand nowhere in the article", "its words stand in the article more than once; give the sentence",
        "its what 'colour' is none of source, value, measure, standing, group, reject, accept, add claim, add figure, read",
        "it has no quote; give the words of its row", "its value 'many' is no number; write it as 14, >= 14, ~ 1,000 or 10 to 20",
        "its value 'sings' is none of says, denies, admits, accuses, warns, promises, demands, believes, expects",
        "2 other figures of the article are '12', so it can be part of none",
        "its value 'odd' is none of whole, background, part of <the words of a figure>"])


def test_two_peoples_files_merge_and_the_later_holds(tmp_path):
    write(tmp_path, "a.f1,12,,value,13,Mira,2024-03-03,", "a.f3,40,,value,41,Mira,2024-03-03,")
    write(tmp_path, "a.f1,12,,value,14,Jon,2024-03-02,", "a.f4,3,,value,4,Jon,2024-03-02,", name="corrections-jon.csv")
    made = built(tmp_path)
    assert made["figures"]["value"].to_list() == [13, 12, 41, 4]
    assert dict(zip(made["corrections"]["place"], made["corrections"]["state"])) == {
        "corrections-jon.csv, row 2": "overruled by corrections.csv, row 2", "corrections-jon.csv, row 3": "applied",
        "corrections.csv, row 2": "applied",
        "corrections.csv, row 3": "applied"}


def test_names_are_one_as_a_person_says(tmp_path):
    (tmp_path / "aliases.csv").write_text("name,alias,kind\nOldbridge Town Hall,mayor of Oldbridge,organisation\nOldbridge Town Hall,Police,\n")
    made = built(tmp_path)
    row = made["sources"].set_index("source_id").loc["oldbridge-town-hall"]
    assert (row["name"], row["kind"], row["claims"], row["aliases"]) == ("Oldbridge Town Hall", "organisation", 2, '["Police", "mayor of Oldbridge"]')


def test_a_grade_is_told_with_its_scale_and_meaning_or_left_out_with_its_reason(tmp_path):
    (tmp_path / "grades.csv").write_text("source,grade,scale,meaning,who,when\nPOLICE,B,A to F,<b>usually right</b>,Mira,2024-03-02\npolice,C,A to F,fairly right,,\n"
                                         "Nobody,A,A to F,always right,,\n", encoding="utf-8")
    made = built(tmp_path)
    assert made["grades"].to_numpy().tolist() == [["police", "POLICE", "B", "A to F", "<b>usually right</b>", "Mira",
                                                   "2024-03-02"]]
    assert made["left_out"]["reason"].to_list() == ["row 3: a row before grades 'police' too, and is kept; delete one of them",
                                                    "row 4: no sources are called 'Nobody'; name one of the table of sources"]
    page = story.source.facts(story.Told(compare(Corpus("a", tmp_path, (extraction().article,), ()), made)), "police")
    assert "Graded B by Mira on 2 March 2024: &lt;b&gt;usually right&lt;/b&gt; (scale: A to F; an analyst&#39;s grade, not On Record&#39;s)" in page
    rows = frames.joined("sources", made).set_index("source_id")
    assert rows.loc["police", ["grade", "grade_scale", "grade_meaning", "graded_by"]].to_list() == ["B", "A to F", "<b>usually right</b>", "Mira"]
    assert rows["grade"].notna().sum() == 1


@pytest.mark.parametrize("name, text, told", [
    ("corrections.csv", "row,what,colour\n", "corrections.csv: row 1 names 'colour'"),
    ("corrections-b.csv", "quote,what\n", "corrections-b.csv: row 1 lacks 'row'"),
    ("aliases.csv", "name,alias,kind\nA,b,sort\n", "aliases.csv: row 2 has the kind 'sort'; give one of person"),
    ("grades.csv", "source,grade\nA,1\n", "grades.csv: row 1 lacks 'scale'"),
    ("grades.csv", "source,grade,scale,meaning\nA,1,one to five,\n",
     "grades.csv: row 2 has no meaning; give it one, or delete the row"),
    ("aliases.csv", "name,alias\nA,x\nB,X\n", "aliases.csv: row 3 gives 'X' to 'B', and a row before to 'A'; delete one of them"),
])
def test_a_file_that_is_no_such_table_is_told_before_anything_is_read(tmp_path, monkeypatch, name, text, told):
    (tmp_path / name).write_text(text)
    monkeypatch.setattr(extract, "extract", None)
    with pytest.raises(ValueError, match=told):
        extract.extract_corpus(Corpus("a", tmp_path, (extraction().article,), ()))


def test_the_files_are_no_articles_and_what_they_change_is_compared(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT)
    write(tmp_path, "a.f2,12,,value,15,,,", "=cmd,<script>,,value,\x07,,,")
    (tmp_path / "aliases.csv").write_text("name,alias\nPolice,Cops\n")
    (tmp_path / "grades.csv").write_text("source,grade,scale,meaning\nPolice,1,1 to 5,sure\n")
    corpus = read_corpus(tmp_path)
    assert [article.article_id for article in corpus.articles] == ["a"] and corpus.left_out == ()
    found = compare(corpus, tabulate.build(corpus, [extraction()]))
    assert 15 in found["compared"]["low"].to_list() and corrections.APPLIED in found["corrections"]["state"].to_list()
