"""What may be shown of a text, and what a notebook's last line shows."""

import re

import pandas

# Control characters, lone surrogates, and the marks that turn the direction of the text after them.
ILLEGIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufffe\uffff]")


class Shown:
    """Something a notebook's last line shows: `html`, and `plain` where no HTML can be shown."""

    def __init__(self, html, plain):
        self.html = str(html)
        self.plain = plain

    def _repr_html_(self):
        return self.html

    def __repr__(self):
        return self.plain


def legible(text):
    """`text` with every character that cannot or must not be shown replaced by U+FFFD, one for one; missing is ""."""
    return "" if text is None or text is pandas.NA or text != text else ILLEGIBLE.sub("\ufffd", str(text))
