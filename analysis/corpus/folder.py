"""Read a folder of articles."""

import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from analysis.corpus import facts
from analysis.corpus.archives import opened
from analysis.corpus.days import no_day, no_days
from analysis.corpus.formats import ENDINGS, format_of
from analysis.corpus.formats.json_records import record_of, strict
from analysis.corpus.found import File, Found, Unread
from analysis.corpus.languages import other_language
from analysis.corpus.places import Place, folder_of, is_there, places
from analysis.corpus.reading import UNWRITABLE, article_from_text
from analysis.corpus.sidecars import BY_HAND, METADATA_FILE, SETTINGS_FILE, STATEMENTS_FILE, Settings, Statement, Told
from analysis.corpus.sidecars import read_metadata, read_settings, read_statements
from analysis.types import Article, LeftOut

BESIDE = (METADATA_FILE, STATEMENTS_FILE, SETTINGS_FILE)
ABOUT = ("readme", "license", "licence", "contributing", "changelog")  # files in Markdown that tell of a folder
FOREIGN = "it is in "
LONGEST_REASON = 300  # characters
NO_TEXT, NO_ARTICLE = "it holds no text", "it holds no article"
BAD_NAME = "its name is not UTF-8, or holds a control character; rename it"


@dataclass(frozen=True)
class Corpus:
    """The articles at a place, in the order of their paths, the files that were left out, and the claims that were grouped by hand.

    `folder` is that in which the tables beside the articles lie.
    """

    name: str
    folder: Path
    articles: tuple[Article, ...]
    left_out: tuple[LeftOut, ...]
    statements: tuple[Statement, ...] = ()

    def without(self, reasons: Mapping[str, str]) -> "Corpus":
        """The corpus without some articles, by their ids, and with the reasons why.

        Raises ValueError where none is left.
        """
        left_out = [article.left_out(reasons[article.article_id]) for article in self.articles if article.article_id in reasons]
        kept = [article for article in self.articles if article.article_id not in reasons]
        if not kept:
            raise _nothing_to_read(self.folder, left_out)
        return replace(self, articles=_copies_named(kept), left_out=(*self.left_out, *left_out))


def read_corpus(where: str | Path) -> Corpus:
    """Read every article in a folder, in a file, or in the files that a glob fits (see `read_items`), and what lies beside them.

    `metadata.csv` in the folder, or beside the file, may tell `path,title,outlet,published,url,language,event,archive_url,captured`,
    `statements.csv` which claims are one statement, and `corpus.toml` which columns hold what. An article with the text of an
    earlier one has that one's id as `duplicate_of`.

    Raises ValueError where nothing is there or no article can be read, or where one of those three files is none such.
    """
    where, folder = Path(where), folder_of(Path(where))
    if not is_there(where):
        raise ValueError(f"{where}: there is no such folder of articles.")
    statements, of_statements = read_statements(folder)
    items = list(read_items(where))
    articles = {item.article_id: item for item in items if isinstance(item, Article)}
    left_out = [item for item in items if isinstance(item, LeftOut)]
    if not articles:
        raise _nothing_to_read(where, left_out)
    known = [statement for statement in statements if statement.claim_id.rpartition(".")[0] in articles]
    of_statements += [_no_claim(statement) for statement in statements if statement not in known]
    return Corpus(where.resolve().name or "corpus", folder, _copies_named(articles.values()),
                  (*left_out, *of_statements), tuple(known))


def read_items(where: str | Path) -> Iterator[Article | LeftOut]:
    """The articles at a place, one by one, and what is left out with its reason, in the order of the paths' code points.

    A place is a folder, a file, a glob, or an address that fsspec opens; archives are opened. The formats are those of
    `analysis.corpus.formats`. An article that is a file has its path for its id (a .txt, without the ending); one of
    several in a file has the id that the file gives, else `path#number`. What cannot be read is left out with its reason,
    and so are links and articles that are not in English; names that start with a dot are passed over, and so are reports.

    Raises ValueError where nothing is there, or where metadata.csv or corpus.toml is none such. One file is in memory at a time.
    """
    folder = folder_of(where)
    metadata, of_metadata = read_metadata(folder) if folder else ({}, [])
    settings = read_settings(folder) if folder else Settings()
    before: dict[str, str] = {}
    paths = set()
    for item in _items(where, metadata, settings):
        paths.add(item.path)
        if isinstance(item, Article) and (fault := _fault(item, before)):
            item = item.left_out(fault)
        if isinstance(item, Article):
            before[item.article_id] = item.place
        yield item
    yield from of_metadata
    if Path(where).is_dir():
        yield from (LeftOut(METADATA_FILE, f"row {told.row}: {path!r} is not in the folder")
                    for path, told in metadata.items() if path not in paths)


def inputs(where: str | Path) -> dict[str, Path]:
    """Name to Path of every file on which it depends what is read at a place: those that are read or left out, and the tables beside them."""
    beside = {path.name: path for path in sorted(path for path in folder_of(where).iterdir() if _tells_of_articles(path.name)) if path.is_file()}
    return {place.name: place.path for place in places(where)} | beside


def not_in_english(reasons: Iterable[str]) -> str:
    """How many articles were left out for their language, the commonest first: "12 articles not in English: 7 German, 5 French"; "" for none."""
    told = (reason.partition(FOREIGN) for reason in reasons)
    languages = Counter(rest.partition(",")[0] for _, found, rest in told if found)
    count = f"{languages.total():,} article{'s' * (languages.total() != 1)} not in English: "
    return languages and count + ", ".join(f"{number:,} {language}" for language, number in languages.most_common()) or ""


def why_unread(error: Exception) -> str:
    """Why an article is left out at which something was raised: what a ValueError says, else the kind of error and how it is told."""
    told = _told(error)
    return told if type(error) is ValueError and told else f"reading it failed ({failure(error)})"


def failure(error: Exception) -> str:
    """What went wrong, on one line: the kind of error and how it is told."""
    return ": ".join(filter(None, [type(error).__name__, _told(error)]))


def _told(error: Exception) -> str:
    return " ".join(str(error).split())[:LONGEST_REASON]


def without_claims(statements: Iterable[Statement], claim_ids: Iterable[str]) -> list[LeftOut]:
    """The statements by hand of claims that are none of the corpus's, as they are left out."""
    known = set(claim_ids)
    return [_no_claim(statement) for statement in statements if statement.claim_id not in known]


def _no_claim(statement: Statement) -> LeftOut:
    return LeftOut(STATEMENTS_FILE, f"row {statement.row}: {statement.claim_id!r} is none of the corpus's claims; take it from claims.csv")


def _fault(article: Article, before: Mapping[str, str]) -> str | None:
    """Why an article cannot stand beside those before it, of which the places are given by id; None where it can."""
    if not article.text.strip():
        return f"{NO_TEXT} (id {article.article_id!r})"
    if article.article_id in before:
        return f"its id {article.article_id!r} is already that of an article in {before[article.article_id]}"
    return None


def _copies_named(articles: Iterable[Article]) -> tuple[Article, ...]:
    """The articles, those with the text of an earlier one with that one's id as `duplicate_of`."""
    firsts: dict[str, str] = {}
    named = []
    for article in articles:
        first = firsts.setdefault(article.text.strip(), article.article_id)
        named.append(replace(article, duplicate_of=None if first == article.article_id else first))
    return tuple(named)


def _nothing_to_read(where: Path, left_out: list[LeftOut]) -> ValueError:
    why = f": {left_out[0].path}: {left_out[0].reason}" if left_out else ", it is empty"
    return ValueError(f"{where}: it holds no article that can be read{why}.")


def article_from_json(line: str | bytes, /, **metadata) -> Article:
    """The article in one line of JSON: an object with `id` and `text`, and maybe title, outlet, published, url, language, event.

    `metadata` holds what is known besides (see `article_from_text`); the line's own fields come first. Raises
    ValueError with what is wrong with the line.
    """
    article_id, text, known = strict(record_of(line))
    return article_from_text(article_id, text, **{**metadata, **known})


def _items(where: str | Path, metadata: dict[str, Told], settings: Settings) -> Iterator[Article | LeftOut]:
    """What every file of a place holds, in order, but those that tell of the articles."""
    for place in places(where):
        if not _tells_of_articles(place.name) or _is_link(place):
            yield from _read_place(place, metadata, settings)


def _tells_of_articles(name: str) -> bool:
    return name in BESIDE or BY_HAND.fullmatch(name) is not None


def _read_place(place: Place, metadata: dict[str, Told], settings: Settings) -> Iterator[Article | LeftOut]:
    """The articles of one file, or why there are none."""
    data = BAD_NAME if UNWRITABLE.search(place.name) and not _is_link(place) else place.read()
    if isinstance(data, str):
        yield LeftOut(_writable(place.name), data)
        return
    for file, fault in opened(File(place.name, data, settings.columns)):
        name = _writable(file.name)
        try:
            if fault or (fault := _unreadable(file)):
                yield LeftOut(name, fault.told)
                continue
            told = metadata.get(file.name) or metadata.get(place.name)
            yield from _read_file(file, told.facts if told else {}, settings)
        except Exception as error:  # whatever it is, the other files are read
            yield LeftOut(name, why_unread(error))


def _is_link(place: Place) -> bool:
    return isinstance(place.path, Path) and place.path.is_symlink()


def _unreadable(file: File) -> Unread | None:
    """Why a file is left out before its format reads it; None where it is read."""
    if UNWRITABLE.search(file.name):
        return Unread(BAD_NAME)
    last = file.name.rsplit("/", 1)[-1].lower()
    if last.partition(".")[0] in ABOUT and file.suffix == ".md":
        return Unread("it tells of the folder, and is no article")
    if not file.data and file.suffix != ".txt":
        return Unread(NO_TEXT)
    if format_of(file) is None:
        return Unread(f"its type ({file.suffix or 'no suffix'}) is not one that On Record reads ({', '.join(ENDINGS)})")
    return None


def _read_file(file: File, beside: dict[str, str], settings: Settings) -> Iterator[Article | LeftOut]:
    """The articles of one file; `beside` is what metadata.csv tells of it."""
    digest = hashlib.sha256(file.data).hexdigest()
    by_name = settings.told_by_name(file.name)
    found = None
    for found in format_of(file).read(file):
        if isinstance(found, Unread):
            yield LeftOut(file.name, found.told)
            continue
        try:
            yield from _article(file, found, beside, by_name, digest)
        except Exception as error:  # whatever it is, the other articles are read
            yield LeftOut(file.name, Unread(why_unread(error), found.number, found.unit).told)
    if found is None:
        yield LeftOut(file.name, NO_ARTICLE)


def _article(file: File, found: Found, beside: dict[str, str], by_name: dict[str, str], digest: str) -> Iterator[Article | LeftOut]:
    """The article that was found, or why it is left out, and each day that is none."""
    sides = [(facts.BESIDE, beside), (facts.PAGE if found.by_page else facts.FILE, found.facts), (facts.NAME, by_name)]
    sides = sides if found.by_page else [sides[1], sides[0], sides[2]]
    for side, told in sides:
        for name in no_days(told):
            yield LeftOut(file.name, Unread(no_day(name, told[name]), found.number, found.unit).told)
    known, differing = facts.settled([(side, _without_no_days(told)) for side, told in sides])
    language = other_language(found.text, known.get("language"), found.by_page and "language" not in beside)
    if language and found.text.strip():
        yield LeftOut(file.name, Unread(f"{FOREIGN}{language}, and On Record reads English", found.number, found.unit).told)
        return
    yield article_from_text(
        found.article_id or _id(file, found), found.text, path=file.name, sha256=digest, line=found.number, unit=found.unit,
        encoding=found.encoding, differing=differing or None, **known)


def _without_no_days(told: dict[str, str]) -> dict[str, str]:
    wrong = no_days(told)
    return {name: value for name, value in told.items() if name not in wrong}


def _id(file: File, found: Found) -> str:
    """The id of an article to which its file gives none."""
    if found.number is not None:
        return f"{file.name}#{found.number}"
    return file.name[:-len(file.suffix)] if file.suffix in (".txt", ".text") else file.name


def _writable(name: str) -> str:
    r"""A path that can stand in a table: bytes that are no UTF-8 and control characters as \xff and \n."""
    return UNWRITABLE.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"),
                          os.fsencode(name).decode("utf-8", "backslashreplace"))
