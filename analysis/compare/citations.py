"""Who cites whom: outlets, those they cite, and those whom these cite; as a table and as GraphML."""

from collections import defaultdict
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd

from analysis.compare.columns import table
from analysis.compare.origins import Origins
from analysis.tables import rows as rows_of

OUTLET, RELAY, ORIGIN = "outlet", "relay", "origin"
GRAPHML = "http://graphml.graphdrawing.org/xmlns"
NOT_XML = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)], "\ufffd")


def citations(origins: Origins) -> pd.DataFrame:
    """The table `citations`: a row for each pair of a citing and a cited source, with the claims it rests on.

    An article's outlet cites the source of its outermost claims, and the source of a claim that of the claims inside
    it. An outlet of the corpus is in the layer "outlet", who is cited and cites is a "relay", the rest are origins.
    """
    claims: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in origins.claims.values():
        if row.source_id is not None:
            outward = origins.chain(row.claim_id)
            citing = outward[1] if len(outward) > 1 else origins.outlet(row.article_id)
            if citing != outward[0]:
                claims[citing, outward[0]].append(row.article_id)
    relays = {citing for citing, _ in claims} - origins.own_voices
    layer = {source_id: OUTLET if source_id in origins.own_voices else RELAY if source_id in relays else ORIGIN
             for pair in claims for source_id in pair}
    rows = [{
        "citing_id": citing, "citing": origins.names[citing], "citing_layer": layer[citing],
        "cited_id": cited, "cited": origins.names[cited], "cited_layer": layer[cited],
        "claims": len(articles), "articles": len(set(articles)),
    } for (citing, cited), articles in claims.items()]
    return table("citations", sorted(rows, key=lambda row: (-row["claims"], row["citing_id"], row["cited_id"])))


def write_graphml(found: pd.DataFrame, path: str | Path) -> None:
    """Write the table `citations` as GraphML (UTF-8), for Gephi, yEd and the like; the same bytes for the same rows."""
    root = ElementTree.Element("graphml", xmlns=GRAPHML)
    for name, of, kind in (("label", "node", "string"), ("layer", "node", "string"), ("claims", "edge", "int"),
                           ("articles", "edge", "int")):
        ElementTree.SubElement(root, "key", {"id": name, "for": of, "attr.name": name, "attr.type": kind})
    graph = ElementTree.SubElement(root, "graph", id="who-cites-whom", edgedefault="directed")
    nodes = {row[f"{side}_id"]: (row[side], row[f"{side}_layer"]) for row in rows_of(found) for side in ("citing", "cited")}
    for source_id, (name, layer) in sorted(nodes.items()):
        _with_data(ElementTree.SubElement(graph, "node", id=source_id), label=name, layer=layer)
    for row in found.itertuples():
        _with_data(ElementTree.SubElement(graph, "edge", source=row.citing_id, target=row.cited_id), claims=row.claims,
                   articles=row.articles)
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    Path(path).write_text(f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n', encoding="utf-8", newline="\n")


def _with_data(element: ElementTree.Element, **data: str | int) -> None:
    for key, value in data.items():
        ElementTree.SubElement(element, "data", key=key).text = str(value).translate(NOT_XML)
