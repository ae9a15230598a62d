"""Page furniture: the lines of a saved web page that are not the article.

A rule speaks of a whole line or not at all: running text keeps every word, and a line that might be the article's
own ("Read more than ten books, she told the pupils.") stays. Only a wire's dateline is taken off the line it begins.
"""

import re

from analysis.corpus.article import Removal, Span
from analysis.corpus.lines import lines
from analysis.words import MONTH

LONGEST = 250  # furniture is short; a longer line is somebody's sentence
NETWORK = r"(?:facebook|twitter|x|instagram|telegram|whatsapp|linkedin|reddit|youtube|tiktok|e-?mail|bluesky|threads)"
NETWORKS = rf"{NETWORK}(?:(?:,| and| or|, and| &|/) ?{NETWORK})*"
PROPER = r"(?-i:[A-Z][\w.&'’-]*)"

# rule name, and what the whole line must be (capitals do not matter)
RULES = (
    ("teaser", r"(?:read more|read also|also read|see also|more on this|related(?: (?:news|stories|story|articles?|coverage"
               r"|links|topics))?|recommended(?: for you)?|don[’']t miss|watch (?:now|live|also))\s*(?:[:»>|].*)?"),
    ("teaser", r"(?:click here to )?(?:read|watch|see) (?:more|the full (?:story|article|report|video|interview)) here[.!]?"),
    ("teaser", r"watch (?:the|a) (?:full |latest )?(?:video|clip|interview|ad|report) (?:clip )?(?:above|below|here)[.:!]?"),
    ("comment form", r"comments are (?:now |currently )?(?:closed|disabled|turned off|off)"
                     r"(?: (?:for|on) this (?:article|post|story|entry|page))?[.!]?"),
    ("comment form", r"(?:both )?comments (?:are|and) .{0,40}\b(?:trackbacks|pingbacks|pings)\b.{0,60}"),
    ("comment form", r"(?:leave|post|add|write|submit) (?:a|your) (?:reply|comment|response)(?: below)?(?: cancel reply)?[.!]?"),
    ("comment form", r"(?:log ?in|sign in|register|you must be logged in) to (?:post|leave|write|add)? ?(?:a )?(?:comment|reply)[.!]?"),
    ("comment form", r"(?:no|\d+) (?:comments|comment|replies|responses)(?: yet)?(?: (?:on|to) [“\"‘'].*)?"),
    ("comment form", r"your e-?mail address will not be published\..{0,60}"),
    ("comment form", r"notify me of (?:new|follow-?up) (?:comments|posts) (?:by|via) e-?mail\.?"),
    ("comment form", r"be the first to (?:comment|reply)[.!]?"),
    ("share line", r"(?:share|tweet|print|e-?mail)(?: this)?(?: article| story| post| page)?"
                   rf"(?: (?:on|via|to|with) (?:{NETWORKS}|friends))?\s*[:!.]?"),
    ("share line", rf"click to (?:share|print|e-?mail).{{0,40}}\(opens in new window\)"),
    ("share line", rf"follow (?:us|{PROPER}(?: {PROPER}){{0,4}}) on {NETWORKS}(?:\s*(?:at|:)?\s*@\w+)?\s*[.!:]?"),
    ("share line", r"follow @\w+(?: (?:or|and) [@#]\w+)*(?: on \w+)?[.!]?"),
    ("newsletter", r"(?:sign up|subscribe|register) (?:now |here |today )?(?:for|to) (?:our|the) (?:[\w’'-]+ ){0,5}?"
                   r"(?:newsletters?|e-?mails?|e-?mail alerts|alerts|updates|channel|podcast)(?: (?:here|now|today|below))?[.!]?"),
    ("copyright", r"(?:copyright )?(?:©|\(c\)|&copy;) ?(?:copyright )?\S.{0,160}"),
    ("copyright", r"copyright .{0,100}\ball rights reserved\b.{0,100}|all rights reserved\.?"),
    ("copyright", rf"copyright (?:19|20)\d\d,?(?: by)?(?: the)?(?: (?:of|and|{PROPER})){{1,8}}"),
    ("copyright", r"all content by .{1,80} is licensed under .{1,120}"),
    ("copyright", r"this (?:material|article|story) may not be (?:published|reproduced|copied)(?:, .{1,60})? or redistributed.{0,60}"),
    ("photo credit", r"[(\[]?(?:file )?(?:photo|image|picture|photograph)(?: credit| courtesy)?(?: by)?\s*[:/|]\s*[^.?!]{1,70}[)\]]?"),
    ("photo credit", r"[(\[]?[^.?!,;:]{0,50}\b(?:AP Photo|AFP Photo|Getty Images|Reuters|AFP|AP|EPA)\s*/\s*[^.?!,;:]{1,40}[)\]]?"),
    ("photo credit", r"[(\[]?[^.?!,;:]{1,50}\s*/\s*(?:Getty Images|Reuters|AFP|AP|EPA)[)\]]?"),
    ("advertisement", r"\W*(?:advertisement|sponsored(?: content)?)\W*"),
    ("advertisement", r"(?:story|article) continues below(?: (?:this )?advertisement)?\W*"
                      r"|continue reading(?: the main story| below)?\W*|scroll (?:down )?(?:to continue|for more)\W*"
                      r"|skip (?:to|past) (?:main )?(?:content|advertisement|newsletter|navigation|search)\W*"),
)
FURNITURE = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in RULES)
REPEATED_STANDFIRST = "repeated standfirst"
# "HALDEN, Veldania, Feb 20 (Norlink) - ": a place in capitals, perhaps more, and a dash or an agency in brackets.
PLACE = r"[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,3}"
DATELINE = re.compile(rf"(?=.{{3,90}}){PLACE}(?:/{PLACE})?(?:, [A-Z][\w.]+(?: [A-Z][\w.]+)?){{0,2}}(?:,? [A-Z][a-z]{{2,8}}\.? \d{{1,2}}(?:, \d{{4}})?)?"
                      r"(?: ?\([^()\n]{1,40}\))? ?(?:--?|[–—]) ?(?=[A-Z“\"'‘\d])"
                      # "Halden, February 20: " and "Halden, Feb 20 (NTI): ", a place as it is spelt, a day and a colon
                      r"|[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,2},? " + MONTH + r" \d{1,2}"
                      r"(?:, \d{4})?(?: ?\([^()\n]{1,40}\))?: (?=[A-Z“\"'‘\d])")


def furniture(text: str) -> tuple[Removal, ...]:
    """The lines of `text` that are page furniture, in text order, whole and without the white space around them."""
    spans = list(lines(text))
    found = [Removal(start, end, rule) for start, end in spans if (rule := rule_of(text[start:end]))]
    found += [Removal(start, start + match.end(), "dateline") for start, end in spans
              if (match := DATELINE.match(text[start:end])) and match.end() < end - start - 40]
    standing = [span for span in spans if all(span[0] != removal.start for removal in found)]
    return tuple(sorted(found + _repeated_standfirst(text, standing), key=lambda removal: removal.start))


def rule_of(line: str) -> str | None:
    """The first rule that the whole `line` fits, or None."""
    if len(line) > LONGEST:
        return None
    return next((name for name, pattern in FURNITURE if pattern.fullmatch(line)), None)


def _repeated_standfirst(text: str, spans: list[Span]) -> list[Removal]:
    """A sentence on a line of its own near the top that a later, longer paragraph says again, word for word."""
    for start, end in spans[:3]:
        sentence = text[start:end]
        if end - start > LONGEST or len(sentence.split()) < 5 or sentence[-1] not in ".!?":
            continue
        again = re.compile(rf"(?:(?<=^)|(?<=[.!?”\"]\s)){re.escape(sentence)}(?=\s|$)")
        later = (text[a:b] for a, b in spans if a > end and b - a > end - start)
        if any(again.search(paragraph) for paragraph in later):
            return [Removal(start, end, REPEATED_STANDFIRST)]
    return []
