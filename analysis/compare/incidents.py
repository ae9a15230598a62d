"""Which incident a figure is of: where and when that was, and what may be another."""

from bisect import bisect_right
from collections import Counter, defaultdict

from analysis.compare import scope
from analysis.compare.dates import days_named
from analysis.compare.places import only_country, places, same_place
from analysis.sources.lexicon import load_lexicon
from analysis.words import WEEKDAYS


def locate(rows: list[dict], event: dict, texts: dict[str, str]) -> None:
    """Set `place` of each row, what it is limited to, `opened_at` and `opened_on`, the places and days its article opens with;
    and the event's `country`.

    What needs not be told of an event's own figures are its place and country, what half of its articles open with, and the
    day most of them name.
    """
    openings = {row["article_id"]: scope.opening(texts[row["article_id"]]) for row in rows}
    event["country"] = only_country(openings.values())
    days = Counter(row["day"] for row in rows if row["day"])
    named = {article_id: {place.name for place in places(text)} - set(load_lexicon().names) for article_id, text in openings.items()}
    shared = {name for name, times in Counter(name for names in named.values() for name in names).items() if times > 1 and times * 2 >= len(named)}
    own = {event["place"].partition(" ")[2], event["country"], *shared, *(day for day, _ in days.most_common(1))} - {""}
    for row in rows:
        row["place"] = scope.place(texts[row["article_id"]], row, row["clause"], own)
        row["opened_at"] = named[row["article_id"]]
        row["opened_on"] = days_named(openings[row["article_id"]], row["article_day"])
    told = {(row["article_id"], row["number"], row["measure"]): row for row in rows if row["days"] or not in_headline(row, event)}
    for row in rows:  # a headline leaves out where and when, as do the first words of a page
        if in_headline(row, event) or not (row["days"] or row["place"]):
            again = told.get((row["article_id"], row["number"], row["measure"]), row)
            row["place"], row["days"] = again["place"], again["days"]


def mark_round_ups(rows: list[dict]) -> None:
    """Set `rounds_up` where an article tells of counts of one measure at several places."""
    counted = defaultdict(set)
    for row in rows:
        if row["kind"] == "count" and not row["why"] and row["measure"] is not None:
            counted[row["article_id"], row["measure"]].add("" if row["place"].startswith(WEEKDAYS) else row["place"])
    for row in rows:
        row["rounds_up"] = len(counted[row["article_id"], row["measure"]]) > 1


def in_headline(row: dict, event: dict) -> bool:
    headline = event["headlines"][row["article_id"]]
    return headline is not None and row["start"] < headline[1]


def doubt_incident(rows: list[dict], event: dict, texts: dict[str, str]) -> None:
    """Set `doubt` of what may be about another incident: what words begin another, and, below the opening, what follows on
    the name of another place and says neither where it was nor what of.

    What is in doubt is set aside, but for an article alone on its event: there it is, where nothing is against it.
    """
    own, told = {event["place"].partition(" ")[2], event["country"]} - {""}, {}
    named_in = {article_id: places(texts[article_id]) for article_id in {row["article_id"] for row in rows}}
    for row in rows:
        text, measured = texts[row["article_id"]], (row["article_id"], row["measure"])
        other = scope.other_incident(text, row, told.setdefault(measured, row["number"]) == row["number"])
        row["doubt"] = f"another incident or time: {other}" if other else None
        if row["why"] or other or row["place"] or row["opens"] or scope.refers_back(text, row):
            continue
        here = named_in[row["article_id"]]
        named = [place.name for place in here[: bisect_right(here, row["sentence_end"], key=lambda place: place.end)][-1:]]
        if any(not same_place(name, known) for name in named for known in own) and not {*named} & row["opened_at"]:
            row["doubt"] = f"not told to be of this event: the place named last is {named[0]}"


def one_incident(one: dict, other: dict) -> bool:
    """Whether two figures are limited to the same place, and tell of no different days.

    Of main counts it is enough that their articles do not open with different places, where not both are limited to one.
    """
    if one["days"] and other["days"] and not one["days"] & other["days"]:
        return False
    if any(each["days"] and rest["article_day"] and min(each["days"]) > rest["article_day"] for each, rest in ((one, other), (other, one))):
        return False  # nobody tells of what is yet to come
    names = all(row["place"][:1].isupper() or not row["place"] for row in (one, other))  # not "across the country", "in recent days"
    if one["place"] and other["place"] or not (one["main"] and other["main"] and names) or one["article_id"] == other["article_id"]:
        return one["place"] == other["place"] or names and bool(one["place"] and other["place"]) and same_place(one["place"], other["place"])
    return (one["place"] == other["place"] or not one["opened_at"] or not other["opened_at"]
            or any(same_place(name, also) for name in one["opened_at"] for also in other["opened_at"]))


def near(row: dict, group: list[dict], event: dict) -> bool:
    """Whether a figure's article may be about the same incident as one of a group's (see `events.group_events`)."""
    return any(row["article_day"] == other["article_day"] or frozenset((row["article_id"], other["article_id"])) not in event["far"]
               for other in group)
