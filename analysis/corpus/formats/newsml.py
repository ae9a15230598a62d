"""NewsML-G2, NewsML 1 and NITF, as news agencies deliver."""

from collections.abc import Iterator

from lxml import etree

from analysis.corpus.days import iso
from analysis.corpus.formats.markup import first, local, named, parsed_xml, plain, text_of, words_of
from analysis.corpus.found import File, Found, Unread, known

TITLES = ("headline", "hedline", "hl1", "title")
DAYS = ("contentCreated", "firstCreated", "versionCreated", "story.date", "date.issue", "ThisRevisionCreated", "DateAndTime")
BODIES = ("inlineXML", "inlineData", "body.content", "DataContent")
# Roles of parts that are not the text
ASIDE = {"HeadLine", "SubHeadLine", "StyleSheet", "Contact", "Logo", "Caption", "Video", "Photo", "Graphic"}


def read_newsml(file: File) -> Iterator[Found | Unread]:
    """An article an item that holds a text; items of pictures and the like are passed over."""
    root = parsed_xml(file.data)
    items = list(named(root, "newsItem")) or list(named(root, "nitf")) or [root]
    found = False
    for number, item in enumerate(items, 1):
        if text := _text(item):
            found = True
            yield Found(text, _facts(item, root), number=number, unit="item")
    if not found:
        raise ValueError("no item of it holds a text")


def _text(item: etree._Element) -> str:
    bodies = next(filter(None, ([body for body in named(item, name) if not _is_aside(body)] for name in BODIES)), [])
    return max(map(_body, bodies), key=len, default="")


def _body(node: etree._Element) -> str:
    inner = first(node, "body.content", "body")
    if inner is None and not len(node) and "<" in (node.text or ""):
        return plain(node.text)
    return text_of(node if inner is None else inner)


def _is_aside(node: etree._Element) -> bool:
    """Whether a part of NewsML 1 has a role that is not the text's."""
    component = next((above for above in node.iterancestors() if local(above) == "newscomponent"), None)
    role = None if component is None else next((child for child in component if local(child) == "role"), None)
    return role is not None and role.get("FormalName") in ASIDE


def _facts(item: etree._Element, root: etree._Element) -> dict[str, str]:
    days = (words_of(node) or node.get("norm") for scope in (item, root) for name in DAYS for node in named(scope, name))
    return known(
        title=words_of(first(item, *TITLES)), outlet=_outlet(item, root),
        author=words_of(first(item, "by", "byline", "bytag", "ByLine")),
        published=next(filter(None, map(iso, days)), None), language=_language(item),
        url=next((node.get("href") for node in named(item, "link", "remoteContent")
                  if (node.get("href") or "").startswith("http")), None),
    )


def _outlet(item: etree._Element, root: etree._Element) -> str | None:
    """The provider's name; NewsML 1 has it as an attribute of who sent it."""
    for node in [*named(item, "infoSource", "provider"), *named(root, "SentFrom", "doc.copyright", "provider")]:
        inner = first(node, "name", "Party")
        told = [words_of(inner), None if inner is None else inner.get("FormalName"), node.get("literal"), node.get("holder"),
                (node.get("qcode") or "").partition(":")[2]]
        if name := next(filter(None, told), None):
            return name
    return None


def _language(item: etree._Element) -> str | None:
    node = first(item, "language")
    told = None if node is None else node.get("tag") or node.get("FormalName") or words_of(node)
    return item.get("{http://www.w3.org/XML/1998/namespace}lang") or told
