"""Hostile payloads, and an independent rule of what may reach a terminal and how a text is shown.

All of it is written anew here, from the tables of Unicode: the program's own opinion is what is under test.
"""

import random
import unicodedata

PWNED = "pwned"
"""The file that a text makes when something runs it: nothing may."""

_OSC, _ST = "\x1b]", "\x1b\\"

ESCAPES = (
    "\x1b[2J",
    "\x1b[38;2;6;6;6m",
    "\x1b[66;666H",
    "\x1b[6n",
    "\x1b[c",
    "\x1b[?1049l",
    "\x1b[?66h",
    "\x1b[21t",
    "\x1b[66@\x1b[66M",
    _OSC + "0;owned\a",
    _OSC + "2;owned" + _ST,
    _OSC + "52;c;b3duZWQ=\a",
    _OSC + "52;c;?" + _ST,
    _OSC + "8;;https://owned.example" + _ST + "link" + _OSC + "8;;" + _ST,
    _OSC + "9;owned\a" + _OSC + "777;notify;owned\a",
    _OSC + "1337;File=inline=1:b3duZWQ=\a",
    _OSC + "4;1;?\a",
    _OSC + "66;never ended",
    "\x1bPq#0;2;0;0;0~-" + _ST,
    "\x1bP$q m" + _ST,
    "\x1bP+q544e" + _ST,
    "\x1b_Gf=32,s=1,v=1;AAAA" + _ST,
    "\x1bPtmux;\x1b\x1b]52;c;b3duZWQ=\a" + _ST,
    "\x1bP\x1b]0;through screen\a" + _ST,
    "\x1b^private" + _ST + "\x1bXstring" + _ST + "\x1bktitle" + _ST,
    "\x1bc",
    "\x1b(0lqqk\x1b(B",
    "\x1b#8",
    "\x1bD\x1bM\x1bE\x1b7\x1b8",
    "\x1b",
    "\x9b2J",
    "\x9b66m",
    "\x9d0;owned\x9c",
    "\x90q~\x9c",
    "\x84\x85\x88\x8d\x98\x9e\x9f",
    "\a\a",
    "\b\b\b\bover",
    "one\rover",
    "one\r\ntwo\nthree",
    "a\tb\vc\fd",
    "\x0elqqk\x0f",
    "nul\x00del\x7fsub\x1aenq\x05",
    "\x1c\x1d\x1e\x1f",
    "\u202egnp.exe\u202c",
    "\u202d\u202a\u202b",
    "\u2066iso\u2067late\u2068d\u2069",
    "\u200e\u200f\u061c",
    "ze\u200bro\u2060wid\ufeffth",
    "soft\u00adhyphen\u180e",
    "line\u2028para\u2029end",
    "\u2061\u2062\u2063\u2064\u206a\u206f",
    "tags\U000e0001\U000e0041\U000e007f",
    "fill\u3164\u115f\u1160\uffa0\u034fer",
    "khmer\u17b4\u17b5",
    "vs\ufe00\ufe01\ufe02\ufe0e\ufe0f\U000e0100\U000e0101",
    "private\ue000\U000f0000\U0010fffd",
    "not\ufffe\uffff\ufdd0",
    "annot\ufff9ated\ufffa\ufffb",
    "Z" + "\u0335\u0489" * 60,
    "e" + "\u0301" * 200,
    "\u20dd\u20e3\u0300leading marks",
)
"""Texts that would move, colour, hide, answer or steal something on a terminal that got them raw."""

MARKUPS = (
    "[/]",
    "[/link] [/b]",
    "qqq[/",
    "[bold red]b[/]",
    "[@click=app.quit]quit[/]",
    "[@click=app.exit(66)]exit[/]",
    "[@click=app.command('undo')]undo[/]",
    "[@click=app.command('add')]add[/]",
    "[@click=app.bell]bell[/]",
    "[@click=screen.dismiss]x[/]",
    "[link=https://owned.example]l[/link]",
    "[link='file:///etc/passwd']l[/link]",
    "[$primary]theme[/]",
    "[[bold]qqq]",
    "\\[b] \\\\[/b]",
    "[on red]x[/on red]",
    "[not reverse]r[/]",
    ":smile: :warning:",
    "{braces} {{0}}",
    "%s %d %(x)s %n",
    "{0.__class__.__mro__}",
    "~root ${HOME} $HOME",
    f"$(touch {PWNED})",
    f"`touch {PWNED}`",
    f";touch {PWNED};",
    f"'; touch {PWNED}; '",
    f'"; touch {PWNED}; "',
    f"a\\$(touch {PWNED})",
    f"| touch {PWNED} && touch {PWNED} #",
    f"<(touch {PWNED})",
    "--store=/dev/null",
    "--help",
    "-rf *",
    "!! !$ ^a^b",
    "'\"`\\",
    "<script>alert(1)</script>",
    "<b>&amp;</b> https://owned.example",
    f"=cmd|'/c touch {PWNED}'!A1",
    "@SUM(A1) +1",
    "../../etc/passwd",
    "*?[a-z]{a,b}",
    "# heading",
    "\\x1b[31m \\u202e",
    "none",
)
"""Texts of plain characters that something behind the program, or in it, could take for more than text."""

PAYLOADS = (*ESCAPES, *MARKUPS)

_JOINERS, _LAST_UNJOINED = "\u200c\u200d", "\u052f"
"""Joiners, and the last letter of Latin, Greek or Cyrillic, behind which they join nothing and hide."""
_FILLERS = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\U0001d159\U00016fe4"
_MOST_MARKS = 4


def strange(text: str, kept: str = "\n") -> str:
    """What of a text may not reach a terminal: controls, bidi, invisible characters, towers of marks, as escapes.

    `kept` are the controls that the program may use itself.
    """
    found = []
    marks = 0
    for character in text:
        category = unicodedata.category(character)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        is_invisible = category[0] == "C" or category in ("Zl", "Zp") or character in _FILLERS
        if (is_invisible and character not in kept + _JOINERS) or marks > _MOST_MARKS:
            found.append(character)
    return ascii("".join(found))[1:-1]


def unprinted(text: str) -> str:
    """What of a JSON document does not print and is not escaped in it, as escapes."""
    return ascii("".join(each for each in text if not each.isprintable() and each != "\n"))[1:-1]


def shown(text: str) -> str | None:
    """The text in one line as the contract shows it; None where marks are left out of it."""
    if any(unicodedata.category(each) in ("Mn", "Me") for each in text):
        return None
    out: list[str] = []
    for character in text.replace("\r\n", "\n").replace("\n", "⏎").replace("\t", " "):
        if character in _JOINERS:
            is_text = bool(out) and out[-1] > _LAST_UNJOINED
        else:
            is_text = character.isprintable() and character not in _FILLERS
        code = ord(character)
        width, letter = (2, "x") if code < 0x100 else (4, "u") if code < 0x10000 else (8, "U")
        out.append(character if is_text else f"\\{letter}{code:0{width}x}")
    return "".join(out)


def is_clean(payload: str) -> bool:
    """Whether a payload is plain characters, which every face shows as they are."""
    return payload.isascii() and payload.isprintable()


_NASTY = (
    "\x00\a\b\t\n\r\x0e\x0f\x1b\x7f\x80\x84\x85\x90\x9b\x9c\x9d\xad\u061c\u180e\u200b\u200c\u200d\u200e\u202a\u202e"
)
_NASTY += (
    "\u2028"
    "\u2060\u2066\u2069\ufeff\ufff9\U000e0001\U000e0020"
    + _FILLERS
    + "\ufe00\ufe0f\U000e0100\u0300\u0301\u20dd\u0e31\u0651"
)
_PLAIN = " abz09[]()/\\;:m\"'{}%$`<>=-+@éßДё国👩🇺क्षعब"


def fuzzed(chance: random.Random) -> str:
    """A title of nasty pieces."""
    pieces = []
    for _ in range(chance.randrange(1, 12)):
        match chance.randrange(6):
            case 0:
                pieces.append(chance.choice(PAYLOADS)[: chance.randrange(1, 12)])
            case 1:
                pieces.append("".join(chance.choices(_NASTY, k=chance.randrange(1, 8))))
            case 2:
                pieces.append("".join(chance.choices(_PLAIN, k=chance.randrange(1, 8))))
            case 3:
                pieces.append(chr(chance.randrange(0x110000)))
            case 4:
                pieces.append(chr(chance.randrange(0x3000)))
            case _:
                pieces.append(chance.choice(_NASTY) * chance.randrange(1, 30))
    # Half of a character cannot stand in the file; it has trials of its own.
    return "".join(each for each in "".join(pieces) if not "\ud800" <= each <= "\udfff")
