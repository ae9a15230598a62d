"""Damage to texts and bytes, the same for the same chance; and rounds of it."""

import itertools
import re
import signal
import tempfile

LONGEST = 300  # seconds after which a round hangs
WITNESS = "Ferry Aground\n\nThe harbour master of Quill said on Monday that 12 passengers were hurt.\n"
ODD = (
    "\0", "\ud800", "\udfff", "\ufeff", "\u202e", "\u2028", "\x85", "\r", "\r\n", "\n\n\n", "\t", "\x1b[31m", "\ufffe", "e\u0301",
    "½", "²", "٣", "𝟗", "🚢",
    "9" * 20, "9" * 400, "9" * 5_000, "9" * 400 + " 1/2", " 1/0 ", " 0/9 ", "1" + ",000" * 150, "0." + "0" * 400 + "1",
    " 3 x 10^999 ", " million billion ",
    " 5 to 4,5 million ", " 0 and a half million ", " 1.234.567 million ", " -7 ", " $", "%", " per cent", " no casualties ",
    " one in 0 ", " five in two ",
    " from 9 to 3 ", " between 8 and 2 ", " dozens of ", " hundreds of thousands ", " a few ", " 12 of them ",
    " including nine children ", " at least ",
    "(" * 300, "[[[", "{", "}", "“" * 30, "”", '"', '""', "'", "‘", "’s", ",", ";", ";;;", ":", " — ", "...", "=1+1", "<script>",
    "</div>", "&amp;", "../", "\\", "\\u",
    "a" * 1_000, " he said", " said ", "The army denied ", " according to ", ", who said that ", " told ", " killed ",
    " on Friday ", " yesterday ", " 31 February 2024 ",
    "\n1 January 0001\n", "\n31 December 9999\n", "NaN", "Infinity", "-Infinity", "null", "1e999",
)


def mutated(chance, text):
    """A text with one to four things done to it."""
    for _ in range(chance.randint(1, 4)):
        start, end = sorted(chance.randint(0, len(text)) for _ in range(2))
        end = min(end, start + chance.choice((1, 5, 50, 500)))
        text = chance.choice((
            lambda: text[:start] + chance.choice(ODD) + text[start:],
            lambda: text[:start] + chance.choice(ODD) + text[start:],
            lambda: text[:start] + "".join(chance.choices(ODD, k=3)) + text[end:],
            lambda: text[:start] + text[end:],
            lambda: text[:start] + text[start:end] * chance.choice((2, 3, 40)) + text[end:],
            lambda: text[:start] + chr(chance.randrange(0x110000)) + text[start + 1:],
            lambda: text[:start],
            lambda: text.replace("\n", "\r\n"),
            lambda: text.upper(),
            lambda: re.sub(r"\d+", lambda number: chance.choice((number[0] * 30, "0", f"{number[0]}.{number[0]}", "one", "dozens")), text),
            lambda: " ".join(chance.sample(text.split(" "), text.count(" ") + 1)),
        ))()
    return text


def damaged(chance, data):
    """Bytes with one or two things done to them."""
    for _ in range(chance.randint(1, 2)):
        place = chance.randint(0, max(0, len(data) - 1))
        data = chance.choice((
            lambda: data[:place] + bytes([data[place] ^ 1 << chance.randrange(8)]) + data[place + 1:] if data else b"\xff",
            lambda: data[:place],
            lambda: data[:place] + chance.choice((b"\0", b"\xff", b"\xed\xa0\x80", b"\xc3", b'"', b",", b";", b"\n", b"\r", b"[" * 2_000)) + data[place:],
            lambda: chance.choice((b"\xef\xbb\xbf", b"\xff\xfe", b"\xef\xbb\xbf\xef\xbb\xbf")) + data,
            lambda: data.replace(b"\n", b"\r\n"),
            lambda: data.replace(b",", chance.choice((b";", b"\t", b",,"))),
            lambda: data.decode("utf-8", "replace").encode("utf-16"),
            lambda: data[:place] * 2,
        ))()
    return data


class Hangs(Exception):
    """A round takes too long."""


def _hangs(number, frame):
    raise Hangs


def rounds(faults_of, how_many, first=0):
    """Print what goes wrong with at least so many damaged inputs; return how many things did. What hangs goes wrong too."""
    inputs, wrong = 0, 0
    signal.signal(signal.SIGALRM, _hangs)
    with tempfile.TemporaryDirectory() as folder:
        for number in itertools.count(first):
            signal.alarm(LONGEST)
            more, faults = faults_of(number, folder)
            signal.alarm(0)
            inputs, wrong = inputs + more, wrong + len(faults)
            for fault in faults:
                print(fault.encode("utf-8", "backslashreplace").decode(), flush=True)
            if inputs >= how_many:
                break
    print(f"{inputs:,} damaged inputs in {number - first + 1} rounds: {wrong} faults")
    return wrong
