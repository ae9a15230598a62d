"""A page cleared before its article is looked for: links to other stories out, and text between line breaks in paragraphs."""

import re
from collections.abc import Iterator

from lxml import etree

from analysis.corpus.formats.markup import BLOCKS, local

HOLDERS = ("div", "section", "article", "main", "td")  # what running text may stand in without a paragraph around it
ENDS_SENTENCE = re.compile(r"[.!?…][\"'”’)\]]*\s*$")
WORD = re.compile(r"\w+")
LONGEST = 600  # characters of a link to another story, with its summary
LABEL = 4  # words beside a link that only leads to another story, as "Also on"
Piece = str | etree._Element


def clear(page: etree._Element) -> None:
    """Take out of a page's tree lists of nothing but links, links around blocks, and blocks that are a link with a label at most;
    make paragraphs of what stands between two line breaks and the next two. What a quotation holds, as a post, stays."""
    for node in list(page.iter(*HOLDERS)):
        if sum(child.tag == "br" for child in node) > 1:
            _put_in_paragraphs(node)
    for find in (_linked_blocks, _lists_of_links, _lone_links):
        for node in list(find(page)):
            if node.getparent() is not None and next(node.iterancestors("blockquote"), None) is None:
                node.drop_tree()


def _linked_blocks(page: etree._Element) -> Iterator[etree._Element]:
    return (link for link in page.iter("a")
            if link.get("href") and len(_text(link)) < LONGEST and (_holds_blocks(link) or _is_block(link)))


def _is_block(link: etree._Element) -> bool:
    """Whether a link stands between paragraphs, and is no sentence."""
    before, after = link.getprevious(), link.getnext()
    between = local(link.getparent()) in HOLDERS and before is not None and local(before) == "p" and (after is None or local(after) in BLOCKS)
    return between and not f"{before.tail or ''}{link.tail or ''}".strip() and not ENDS_SENTENCE.search(_text(link))


def _lists_of_links(page: etree._Element) -> Iterator[etree._Element]:
    for node in page.iter("ul", "ol"):
        items = [item for item in node if local(item) == "li"]
        if items and all(_linked(item) and _words(item) - _linked(item) < 2 for item in items):
            yield node


def _lone_links(page: etree._Element) -> Iterator[etree._Element]:
    for node in page.iter("p", "div", "li"):
        if not _holds_blocks(node) and _linked(node) > 2 and _words(node) - _linked(node) <= LABEL and not ENDS_SENTENCE.search(_text(node)):
            yield node


def _holds_blocks(node: etree._Element) -> bool:
    return any(local(inner) in BLOCKS for inner in node.iterdescendants())


def _linked(node: etree._Element) -> int:
    """How many words of a node are links."""
    return sum(map(_words, node.iter("a")))


def _words(node: etree._Element) -> int:
    return len(WORD.findall(_text(node)))


def _text(node: etree._Element) -> str:
    return "".join(node.itertext())


def _put_in_paragraphs(node: etree._Element) -> None:
    runs = list(_runs(node))
    for child in list(node):
        child.tail = None
        node.remove(child)
    node.text = None
    for run in runs:
        node.append(_paragraph(node, run) if isinstance(run, list) else run)


def _runs(node: etree._Element) -> Iterator[list[Piece] | etree._Element]:
    """What a node holds: its blocks, and between them the pieces of each paragraph, as two line breaks end them."""
    run: list[Piece] = []
    for piece in _pieces(node):
        is_block = not isinstance(piece, str) and (local(piece) in BLOCKS or _holds_blocks(piece))
        if is_block or _is_break(piece) and run and _is_break(run[-1]):
            if any(not _is_break(each) for each in run):
                yield run
            run = []
        if is_block:
            yield piece
        elif run or not _is_break(piece):
            run.append(piece)
    if run:
        yield run


def _pieces(node: etree._Element) -> Iterator[Piece]:
    """The texts that are not blank, and the elements, in a node, in order."""
    for piece in (node.text, *(piece for child in node for piece in (child, child.tail))):
        if piece is not None and (not isinstance(piece, str) or piece.strip()):
            yield piece


def _is_break(piece: Piece) -> bool:
    return not isinstance(piece, str) and local(piece) == "br"


def _paragraph(node: etree._Element, run: list[Piece]) -> etree._Element:
    paragraph = node.makeelement("p")
    for piece in run:
        if not isinstance(piece, str):
            paragraph.append(piece)
        elif len(paragraph):
            paragraph[-1].tail = (paragraph[-1].tail or "") + piece
        else:
            paragraph.text = (paragraph.text or "") + piece
    return paragraph
