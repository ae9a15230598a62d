"""Plain text of HTML and of the XML that newspapers write their paragraphs in."""

from collections.abc import Iterable

from lxml import etree, html

BLOCKS = frozenset("address article aside blockquote body caption dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr html li "
                   "main nav ol p pre section table td th tr ul paragraph hedline hl1 hl2 block".split())
UNSEEN = frozenset("head script style noscript template iframe svg object".split())


def parsed_xml(data: bytes) -> etree._Element:
    """The root element of an XML file, read as far as it is whole; no entity is expanded and nothing is fetched.

    Raises ValueError where nothing can be read of it.
    """
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ValueError(f"it is not XML that can be read ({' '.join(str(error).split())[:100]})") from error
    if root is None:
        raise ValueError("it is not XML that can be read")
    return root


def parsed_html(markup: str) -> html.HtmlElement:
    """The root element of a page or a part of one; ValueError where there is none."""
    try:
        return html.document_fromstring(markup.encode("utf-8", "replace"),
                                        parser=html.HTMLParser(encoding="utf-8", remove_comments=True))
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise ValueError("it holds no text") from error


def plain(markup: str) -> str:
    """The text of some HTML, a paragraph a line, with a blank line between two."""
    return text_of(parsed_html(markup)) if markup.strip() else ""


def text_of(element: etree._Element) -> str:
    """The text of an element, a paragraph a line, with a blank line between two."""
    pieces: list[str] = []
    unseen = 0
    for event, node in etree.iterwalk(element, events=("start", "end")):
        name = local(node)
        unseen += {"start": 1, "end": -1}[event] * (name in UNSEEN)
        if name in BLOCKS or name == "br":
            pieces.append("\n")
        if event == "start" and not unseen:
            pieces.append(flat(node.text))
        elif event == "end" and not unseen and node is not element:
            pieces.append(flat(node.tail))
    return paragraphs("".join(pieces).split("\n"))


def paragraphs(lines: Iterable[str]) -> str:
    """Lines as paragraphs: white space put right, blank ones left out."""
    return "\n\n".join(filter(None, (" ".join(line.split()) for line in lines)))


def local(node: etree._Element) -> str:
    """An element's name without its namespace, in small letters; "" for a comment."""
    return etree.QName(node).localname.lower() if isinstance(node.tag, str) else ""


def named(root: etree._Element, *names: str) -> Iterable[etree._Element]:
    """The elements of these names, whatever their namespace, in the order of the document."""
    wanted = {name.lower() for name in names}
    return (node for node in root.iter() if local(node) in wanted)


def first(root: etree._Element, *names: str) -> etree._Element | None:
    """The first element of the first of these names that has one; None where there is none."""
    return next((node for name in names for node in named(root, name)), None)


def words_of(node: etree._Element | None) -> str:
    """All text inside an element on one line; "" for None."""
    return "" if node is None else " ".join("".join(node.itertext()).split())


def flat(text: str | None) -> str:
    """Text in which an end of line is a space."""
    return (text or "").replace("\n", " ").replace("\r", " ")
