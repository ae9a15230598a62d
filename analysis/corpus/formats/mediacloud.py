"""Media Cloud's sentences by story."""

from collections.abc import Iterator

from analysis.corpus.days import iso
from analysis.corpus.formats.json_records import loaded
from analysis.corpus.found import File, Found, Unread, known


def read_sentences(file: File) -> Iterator[Found | Unread]:
    """An article a story, its sentences put together in their order."""
    stories = loaded(file.decoded.text)
    if not isinstance(stories, dict):
        raise ValueError("it holds no stories by their numbers")
    for number, (story, sentences) in enumerate(stories.items(), 1):
        yield _article(story, sentences, number)


def _article(story: str, sentences: object, number: int) -> Found | Unread:
    rows = [row for row in sentences if isinstance(row, dict) and isinstance(row.get("sentence"), str)] if isinstance(sentences, list) else []
    if not rows:
        return Unread("it holds no sentences", number, "story")
    if all(isinstance(row.get("sentence_number"), int) for row in rows):
        rows.sort(key=lambda row: row["sentence_number"])
    head = rows[0]
    facts = known(title=head.get("title"), outlet=head.get("media_name"), url=head.get("url"), language=head.get("language"),
                  published=iso(str(head.get("publish_date") or "")))
    return Found("\n\n".join(row["sentence"] for row in rows), facts, story, number, "story")
