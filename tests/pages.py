"""What a test wants to know of an HTML page: what it would ask for, run, link to and leave without words."""

import base64
import hashlib
import re
from html.parser import HTMLParser

ASKING = {"src", "srcset", "data", "poster", "background", "action", "formaction", "ping", "cite", "longdesc", "manifest"}


class Page(HTMLParser):
    """`asks`: addresses it would load; `runs`: what it would run, but for scripts that its policy names by their hash; `links`, `ids`;
    `wordless`: pictures without a description."""

    def __init__(self, html):
        super().__init__()
        self.asks, self.runs, self.links, self.ids, self.wordless = [], [], [], [], []
        self.inside, self.policy = "", ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.inside = tag
        self.asks += [value for name, value in attrs if name in ASKING and not value.startswith("data:")]
        # A feed is loaded by nobody
        if tag == "link" and attributes.get("rel") != "alternate" and not attributes["href"].startswith("data:"):
            self.asks.append(attributes["href"])
        if attributes.get("http-equiv") == "Content-Security-Policy":
            self.policy = attributes["content"]
        if tag in ("iframe", "object", "embed", "base", "form") or tag == "meta" and attributes.get("http-equiv") == "refresh":
            self.runs.append(tag)
        if tag == "script" and attrs:
            self.runs.append(tag)
        self.runs += [name for name, value in attrs
                      if name.startswith("on") or (value or "").strip().lower().startswith("javascript:")]
        if tag == "a" or attributes.get("rel") == "alternate":
            self.links.append(attributes["href"])
        if tag == "img" and not (attributes.get("alt") or "").strip() or attributes.get("role") == "img" and not attributes.get("aria-label"):
            self.wordless.append(attributes)
        self.ids += [value for name, value in attrs if name == "id"]
        self._style_asks(attributes.get("style") or "")

    def handle_endtag(self, tag):
        self.inside = ""

    def handle_data(self, data):
        if self.inside == "style":
            self._style_asks(data)
        if self.inside == "script":
            digest = base64.b64encode(hashlib.sha256(data.encode()).digest()).decode()
            self.runs += ["script"] * (f"'sha256-{digest}'" not in self.policy)

    def _style_asks(self, css):
        self.asks += re.findall(r"@import[^;]*|url\((?!data:)[^)]*", css)
