"""What a test wants to know of an HTML page: what it would ask for, run, link to and leave without words."""

import re
from html.parser import HTMLParser

ASKING = {"src", "srcset", "data", "poster", "background", "action", "formaction", "ping", "cite", "longdesc", "manifest"}


class Page(HTMLParser):
    """`asks`: addresses it would load; `runs`: what it would run; `links`, `ids`; `wordless`: pictures without alt text."""

    def __init__(self, html):
        super().__init__()
        self.asks, self.runs, self.links, self.ids, self.wordless = [], [], [], [], []
        self.style = False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.style = tag == "style"
        self.asks += [value for name, value in attrs if name in ASKING and not value.startswith("data:")]
        if tag == "link" and not attributes["href"].startswith("data:"):
            self.asks.append(attributes["href"])
        if tag in ("script", "iframe", "object", "embed", "base", "form") or tag == "meta" and attributes.get("http-equiv") == "refresh":
            self.runs.append(tag)
        self.runs += [name for name, value in attrs if name.startswith("on") or (value or "").strip().lower().startswith("javascript:")]
        if tag == "a":
            self.links.append(attributes["href"])
        if tag == "img" and not (attributes.get("alt") or "").strip():
            self.wordless.append(attributes)
        self.ids += [value for name, value in attrs if name == "id"]
        self._style_asks(attributes.get("style") or "")

    def handle_data(self, data):
        if self.style:
            self._style_asks(data)

    def _style_asks(self, css):
        self.asks += re.findall(r"@import[^;]*|url\((?!data:)[^)]*", css)
