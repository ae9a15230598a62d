"""Which figures measure the same thing: each with its event, group, place, origin and date, or why it is set aside."""

import json
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from statistics import median

import pandas as pd

from analysis import tables as tidy
from analysis.compare import incidents, scope
from analysis.compare.columns import failure, listed, table
from analysis.compare.dates import as_of, days_named
from analysis.compare.intervals import WORDS, bounds, interval, number, told
from analysis.compare.origins import OWN_VOICE, Origins, originate
from analysis.sources.registry import slug
from analysis.words import WEEKDAYS

RETRACTS = re.compile(r"\b(?:withdr[ae]w|retract|correct|t[ao]ken? back|took back|walk(?:ed|s)? back)", re.IGNORECASE)
ASIDE = re.compile(r", (?:where|which|who|when)\b[^,]*$")
OF_SUMS = ("promises", "expects")  # what is promised or reckoned is a sum as any other
NOT_FACTS = ("warns", "expects", "demands", "promises")
SHARED = 0.5  # of the words of the shorter of two phrases, for them to be of the same thing


def members(tables: dict[str, pd.DataFrame], articles: list[dict], events: dict[str, dict], texts: dict[str, str],
            origins: Origins) -> dict[str, pd.DataFrame]:
    """The figures of each event sorted into comparisons: the tables `compared` and `set_aside`.

    `articles` are rows with `day`, `events` gives the event of each (a row of `events`), `texts` its text. Every figure is in
    one of the two, but those of which their article does not tell what they count. Where an event cannot be compared, all
    of its figures are set aside with the reason.
    """
    by_event: dict[str, list[dict]] = defaultdict(list)
    for row in _figures(tables, articles, texts, origins):
        by_event[events[row["article_id"]]["event_id"]].append(row)
    event_rows = {event["event_id"]: event for event in events.values()}
    kept, left = [], []
    for event_id, rows in by_event.items():
        try:
            kept += _of_event(rows, event_rows[event_id], origins, texts)
            left += [row for row in rows if row["why"]]
        except MemoryError:  # no event's fault
            raise
        except Exception as error:
            if event_rows[event_id]["articles"] == 1:  # then it is the article's, which is left out
                raise
            left += [{**row, "event_id": event_id, "why": f"the figures of this event could not be compared: {failure(error)}"} for row in rows]
    _tell_apart(kept, event_rows)
    return {"compared": table("compared", kept), "set_aside": table("set_aside", left)}


def _of_event(rows: list[dict], event: dict, origins: Origins, texts: dict[str, str]) -> list[dict]:
    """The rows of an event that are compared; the others have their reason as `why`."""
    incidents.locate(rows, event, texts)
    incidents.mark_round_ups(rows)
    for row in rows:
        row["event_id"], row["why"] = event["event_id"], row["why"] or _denied(row, origins, texts)
    incidents.doubt_incident(rows, event, texts)
    for row in rows:
        row["why"] = row["why"] or (row["doubt"] if event["articles"] > 1 else None)
    _withdraw_retracted(rows, origins)
    _parts(rows)
    for row in rows:
        row["group"] = scope.group(row, event["country"])
    _summands(rows)
    _out_of_scale(rows)
    _mark_main(rows)
    scope.one_group(rows)
    return _sorted_out([row for row in rows if not row["why"]], event, origins, texts)


def _tell_apart(kept: list[dict], events: dict[str, dict]) -> None:
    """Add the event's day, else its name, and at last a number, to the `what` of comparisons that are called the same."""
    adding = (lambda row: events[row["event_id"]]["first"] or events[row["event_id"]]["name"], lambda row: f"no. {row['place_in_event']}")
    for added in adding:
        called: dict[str, set[str]] = defaultdict(set)
        for row in kept:
            called[row["what"]].add(row["comparison_id"])
        for row in kept:
            if len(called[row["what"]]) > 1:
                row["what"] += f", {added(row)}"


def _figures(tables: dict[str, pd.DataFrame], articles: list[dict], texts: dict[str, str], origins: Origins) -> list[dict]:
    """The figures as dicts, with what their article tells of each."""
    article_of = {row["article_id"]: row for row in articles}
    contents = {claim_id: json.loads(row["content_spans"]) for claim_id, row in origins.claims.items()}
    rows = tidy.rows(tables["figures"])
    by_article: dict[str, list[dict]] = defaultdict(list)
    for row in rows:
        by_article[row["article_id"]].append(row)
    for here in by_article.values():
        starts = [row["start"] for row in here]
        for place, row in enumerate(here):
            text, article = texts[row["article_id"]], article_of[row["article_id"]]
            row["said"] = scope.said(row, contents.get(row["claim_id"], []))
            beside = here[bisect_left(starts, row["said"][0]) : bisect_left(starts, row["said"][1])]
            row["clause"] = scope.clause(text, row, beside)
            row["opens"] = scope.opens(text, row)
            row["why"] = scope.set_aside(text, row, row["clause"], here[place - 1] if place else None)
            row["article_day"] = article["day"]
            row["day"] = scope.day(text, row["clause"])
            row["words"] = scope.words_of(text[row["clause"][0] : row["start"]] + " " + text[row["end"] : row["clause"][1]] + " " + row["unit"])
            row["outlet_id"], row["outlet"] = origins.outlet(row["article_id"]), _outlet_name(article, origins)
            row["number"] = told(row)
            sentence = text[row["sentence_start"] : row["sentence_end"]]
            row["days"] = days_named(text[slice(*row["clause"])], article["day"]) or days_named(sentence, article["day"])
            row["as_of"], row["as_of_from"] = as_of(text[slice(*row["clause"])], article["day"], article["day_from"])
            row["quote"] = " ".join(sentence.split())
    whole = {row["figure_id"]: row for row in rows}
    for row in rows:
        row["whole"] = whole.get(row["part_of"])
    return rows


def _outlet_name(article: dict, origins: Origins) -> str:
    return article["outlet"] or origins.outlets[article["article_id"]][1]


def _denied(row: dict, origins: Origins, texts: dict[str, str]) -> str | None:
    """Why what a figure's claims say is not somebody's word that it is so."""
    claim_id = row["claim_id"]
    if fighting := re.search(rf"\b{scope.FIGHTING}$", row["source"], re.IGNORECASE):
        return f"a total over a longer time: the {fighting[0]}"
    while claim_id is not None:
        claim = origins.claims[claim_id]
        name = origins.names.get(claim["source_id"], "somebody")
        if claim["stance"] == "denies" and not claim["negated"] and not _beside(row, claim, texts[row["article_id"]]):
            row["denying"] = claim
            return f"denied by {name}"
        if claim["negated"]:
            return f"{name} does not say so ({claim['cue']})"
        if claim["stance"] in NOT_FACTS and not (row["kind"] == "money" and claim["stance"] in OF_SUMS):
            return f"not told as a fact: {name} {claim['stance']} it"
        claim_id = claim["parent_id"]
    return None


def _beside(row: dict, claim: dict, text: str) -> bool:
    """Whether a figure stands in a clause that what is denied only takes for granted ("at the station, where a blast killed nine")."""
    said = min(start for start, _ in json.loads(claim["content_spans"]))
    return said < row["start"] and ASIDE.search(text, said, row["start"]) is not None


def _withdraw_retracted(rows: list[dict], origins: Origins) -> None:
    """Set aside what a source has said before and now takes back."""
    for taking in rows:
        claim = taking.get("denying")
        if claim is None or not RETRACTS.search(claim["cue"]):
            continue
        for row in rows:
            his = claim["source_id"] in (row["outlet_id"], *origins.chain(row["claim_id"])[:1])
            if his and not row["why"] and (row["number"], row["measure"], row["kind"]) == (taking["number"], taking["measure"], taking["kind"]):
                row["why"] = f"retracted by {origins.names[claim['source_id']]} in {taking['article_id']}"


def _parts(rows: list[dict]) -> None:
    """A part takes the measure of its whole; one of nobody in particular is compared with nothing."""
    for row in rows:
        whole = row["whole"]
        if whole is None or row["why"]:
            continue
        if row["measure"] is None and row["kind"] == "count":
            row["measure"] = whole["measure"]
        if scope.group(row) == scope.group(whole) and row["measure"] == whole["measure"]:
            row["why"] = f"a part of {whole['text']} ({whole['figure_id']})"
        elif whole["why"]:
            row["why"] = f"a part of what is set aside: {whole['why']}"


def _summands(rows: list[dict]) -> None:
    """Set aside counts of an article that follow each other and add up to another count in it: they are its parts."""
    by_measure: dict[tuple, list[dict]] = defaultdict(list)
    for row in rows:
        if row["kind"] == "count" and row["measure"] is not None and row["value"] is not None and row["whole"] is None:
            by_measure[row["article_id"], row["measure"]].append(row)
    for counts in by_measure.values():
        wholes = {row["value"]: row for row in reversed(counts) if not row["why"]}
        for some in (counts[start : start + size] for size in (2, 3) for start in range(len(counts) - size + 1)):
            whole = wholes.get(sum(row["value"] for row in some))
            if whole and _make_up(some, whole):
                for row in some:
                    row["why"] = row["why"] or f"a part: {' and '.join(row['text'] for row in some)} add up to {whole['text']} ({whole['figure_id']})"


def _make_up(some: list[dict], whole: dict) -> bool:
    """Whether counts that add up to another may be its parts: of the same group, or of people; not the same number told again."""
    told_again = len({row["value"] for row in some}) < len({row["sentence_start"] for row in some})
    if len({row["source_id"] for row in (*some, whole)} - {whole["outlet_id"]}) > 1:
        return False  # another's count is no sum of theirs
    others = {row["group"] for row in some} - {whole["group"]}
    return min(row["value"] for row in some) > 1 and not told_again and (others <= {"people"} or whole["group"] == "people")


def _out_of_scale(rows: list[dict]) -> None:
    """Set aside a figure that is a hundred times what the event's other articles tell of the measure."""
    by_measure: dict[str, list[dict]] = defaultdict(list)
    for row in rows:
        if row["measure"] is not None and row["kind"] == "count" and not row["why"]:
            by_measure[row["measure"]].append(row)
    for alike in by_measure.values():
        smallest = min(max(row["number"]) for row in alike)
        usual = median(max(row["number"]) for row in alike)
        for row in alike:
            if min(row["number"]) > scope.OUT_OF_SCALE * max(1, smallest if len(alike) < 3 else usual):
                row["why"] = f"out of scale: over {scope.OUT_OF_SCALE} times the event's other figures, so of something larger"


def _mark_main(rows: list[dict]) -> None:
    """Set `main` of what an article opens with, the first count of its measure and group: it is of the event, wherever it says that was.

    Of civilians and of people in general, only what comes first; what of the one follows on more of the other is a part.
    """
    first: dict[tuple, tuple] = {}
    before: dict[tuple, str] = {}
    for row in rows:
        told_before = before.get((row["sentence_start"], row["article_id"], row["measure"]), "")
        row["beside_part"] = told_before.startswith(scope.PARTS) or bool(row["days"] and row["opened_on"] and not row["days"] & row["opened_on"])
        before[row["sentence_start"], row["article_id"], row["measure"]] = row["why"] or ""
        counted = row["kind"] == "count" and row["measure"] is not None and not (row["why"] or row["doubt"])
        key = row["article_id"], row["measure"], "" if row["group"] in ("people", "civilian") else row["group"]
        leads = counted and row["opens"]
        number_of, group = first.setdefault(key, (row["number"], row["group"])) if leads else first.get(key, ((), ""))
        row["main"] = leads and (row["number"], row["group"]) == (number_of, group)
        if not row["why"] and group and group != row["group"] and max(row["number"]) < max(number_of):
            row["why"] = f"a part, or another count in one article, beside {' to '.join(map(number, number_of))} {scope.plural(group)}"


def _sorted_out(rows: list[dict], event: dict, origins: Origins, texts: dict[str, str]) -> list[dict]:
    """The rows of an event that tell what they count, grouped by what that is, each with the id of its comparison."""
    groups = [group for alike in _of_one_measure(rows) for group in _joined(alike, event)]
    kept, taken, order = [], set(), {row["figure_id"]: place for place, row in enumerate(rows)}
    for group in sorted((sorted(group, key=lambda row: order[row["figure_id"]]) for group in groups), key=lambda group: order[group[0]["figure_id"]]):
        originate(group, origins)
        _main_counts(group, event, texts)
        if len({row["origin_id"] for row in group if not row["why"]}) > 1:
            for row in group:
                row["why"] = row["why"] or row["doubt"]
        if len({row["origin_id"] for row in group}) == 1 and not any(row["measure"] is not None for row in group):
            for row in group:
                row["why"] = row["why"] or "only one origin tells it, and no plain measure is told"
        group[:] = [row for row in group if not row["why"]]
        if not group:
            continue
        naming = next((row for row in group if not incidents.in_headline(row, event)), group[0])
        what, label = _what(naming, event), slug(scope.label(naming))
        comparison_id, number_of = f"{event['event_id']}.{label}", 1
        while comparison_id in taken:
            number_of += 1
            comparison_id = f"{event['event_id']}.{label}-{number_of}"
        taken.add(comparison_id)
        kept += [{**_compared(row, comparison_id, what, event), "place_in_event": number_of} for row in group]
    return kept


def _of_one_measure(rows: list[dict]) -> Iterable[list[dict]]:
    """The rows by kind and measure: none of one kind or measure is the same as one of another."""
    found: dict[tuple, list[dict]] = defaultdict(list)
    for row in rows:
        found[row["kind"], row["measure"]].append(row)
    return found.values()


def _joined(rows: list[dict], event: dict) -> list[list[dict]]:
    """The rows grouped by what they count."""
    groups: list[list[dict]] = []
    for row in rows:
        fits = [any(_same(member, row) for member in group) and incidents.near(row, group, event) for group in groups]
        if any(fits):
            joined = [member for group, fit in zip(groups, fits) if fit for member in group] + [row]
            groups = [group for group, fit in zip(groups, fits) if not fit] + [joined]
        elif _told(row):
            groups.append([row])
    return groups


def _main_counts(group: list[dict], event: dict, texts: dict[str, str]) -> None:
    """Keep what each article counts first, the number of its headline or else the first, and what is set against it.

    Others count something else, mostly a part. Set against it is another source's number, where both are credited, or it is more
    or the first is vague, in the opening or in an article whose counts are all of one place, or where the sentence refers
    back to what the article opened with; but not one that follows a part, against which it may be set, nor one of another day.
    """
    by_article: dict[str, list[dict]] = defaultdict(list)
    for row in group:
        by_article[row["article_id"]].append(row)
    for article_id, rows in by_article.items():
        head = {word.lower() for word in event["titles"][article_id].split()}
        main = next((row for row in rows if row["text"].lower() in head), rows[0])
        for row in rows:
            no_part = main["origin_how"] != OWN_VOICE or main["comparator"] == "vague" or max(row["number"]) > max(main["number"])
            both = no_part and row["origin_how"] != OWN_VOICE and (not row["rounds_up"] or row["opens"])
            rival = row["origin_id"] != main["origin_id"] and not row["beside_part"] and (both or scope.refers_back(texts[article_id], row))
            if row["number"] != main["number"] and not rival:
                row["why"] = f"another count in one article, beside {main['text']} ({main['figure_id']})"


def _told(row: dict) -> bool:
    """Whether the text tells enough of what a figure counts to compare it."""
    return row["measure"] is not None or bool(row["unit"] and len(row["words"]) > 1 if row["kind"] == "count" else row["counted"])


def _same(one: dict, other: dict) -> bool:
    """Whether two figures of an event count the same: one kind, unit or group, place and measure, or else the same words."""
    if one["kind"] != other["kind"] or not incidents.one_incident(one, other):
        return False
    if one["measure"] is not None or other["measure"] is not None:
        return one["measure"] == other["measure"] and scope.same_group(one["group"], other["group"], one["measure"])
    if not scope.same_group(one["group"], other["group"]):
        return False
    if one["kind"] == "count":
        shared, least = one["words"] & other["words"], min(len(one["words"]), len(other["words"]))
        return len(shared) > 1 and len(shared) >= SHARED * least
    words = scope.words_of(one["counted"]), scope.words_of(other["counted"])
    larger, smaller = sorted((max(one["number"]), max(other["number"])), reverse=True)
    if larger > scope.OUT_OF_SCALE * max(1, smaller):
        return False  # a bank has many sums
    least = 1 if one["number"] == other["number"] or words[0] == words[1] else 2
    return len(words[0] & words[1]) >= max(least, SHARED * min(map(len, words)))


def _what(row: dict, event: dict) -> str:
    """"Killed at Aldmere", "Damage in Brask"; the event's name where no place is known."""
    where = f" {event['place']}" if event["place"] else f" ({event['name']})"
    if row["place"].startswith(WEEKDAYS):
        where += f", {row['place']}"
    elif row["place"]:
        where = f" {row['place']}" if row["place"][0].islower() else f" in {row['place']}"
    return scope.label(row) + where


def _compared(row: dict, comparison_id: str, what: str, event: dict) -> dict:
    low, high = bounds(interval(row))
    why = [f"same event ({event['name']})", f"same measure ({row['measure']})" if row["measure"] is not None else "the same words about it",
           f"same group ({row['group']})" if row["kind"] == "count" else f"same unit ({row['unit']})",
           f"same place ({row['place']})" if row["place"] else "the event's own place", "no background, addition or longer total"]
    return {
        **row, "comparison_id": comparison_id, "what": what, "low": low, "high": high, "relays": listed(row["relays"]),
        "own_voice": not row["chain"], "copy": row["article_id"] in event["copies"], "reading": reading(row), "why": "; ".join(why),
    }


def reading(row: dict) -> str:
    """A figure in words: "at least 100", "dozens", "4 million crowns"; what is counted is left to the heading."""
    if row["comparator"] in ("range", "vague") or row["value"] is None:
        amount = row["text"].lower() if row["comparator"] == "vague" else f"{number(row['low'])} to {number(row['high'])}"
        return amount
    amount = WORDS.get(row["comparator"], "") + number(row["value"])
    if row["kind"] == "count" or not row["unit"]:
        return amount
    return amount + (row["unit"] if row["unit"] == "%" else f" {row['unit'] if row['value'] == 1 else scope.plural(row['unit'])}")
