"""What is handed over, and what is taken in: marks that would take INTERNAL away, promises that nobody saw, names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from zipfile import ZipFile

import docx
import xlsxwriter
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.support.hostile_texts import MARKUPS
from torture.proof import Proof
from torture.testbed import Testbed

_MARKS = ("AT&G", "72 copies", "R&D", "&G", "x&[Picture]", "&C&R", "&&G", '&"Arial"x', "&K000000x", *MARKUPS)

_CENTRE = re.compile("&C(?P<centre>.*)&R[^&]*$", re.DOTALL)
_HEADER = re.compile(r"<oddHeader>(.*?)</oddHeader>", re.DOTALL)
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&amp;": "&"}

_PERSON = "Sample"
_REPORT = "Minutes of 6 December 2022\n\nThe host will send the list of courses to UNODC by 31 March 2023.\n"


def marked(testbed: Testbed) -> Proof:
    """P1: a workbook that is internal says so at the head of each sheet, whatever the other mark is."""
    proof = Proof("P1", "no mark takes INTERNAL away from a workbook")
    with testbed.sandbox() as sandbox:
        sandbox.make()
        for mark in _MARKS[: testbed.amount(len(_MARKS), 3)]:
            path = sandbox.home / "list.xlsx"
            result = sandbox.run("export", "--internal", f"--mark={mark}", "-o", str(path))
            if not proof.check(result.code == 0, f"{mark!r}: {result}"):
                continue
            for header in _headers(path):
                proof.count("sheets")
                shown = _shown(header)
                proof.check(shown == f"INTERNAL, {mark}", f"{mark!r}: the head is {header!r}, and shows {shown!r}")
            path.unlink()
    return proof


def _headers(path: Path) -> list[str]:
    """The head of each sheet, as the codes of a spreadsheet; empty for one without."""
    with ZipFile(path) as parts:
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
        found = [_HEADER.search(parts.read(name).decode()) for name in sheets]
    headers = [each[1] if each else "" for each in found]
    for entity, sign in _ENTITIES.items():
        headers = [header.replace(entity, sign) for header in headers]
    return headers


def _shown(header: str) -> str:
    """What stands in the middle of a head; codes that are not `&&` are left in it, as no text."""
    found = _CENTRE.search(header)
    return (
        re.sub("&(.)", lambda code: "&" if code[1] == "&" else f"<{code[0]}>", found["centre"]).strip() if found else ""
    )


_UNSEEN = "secretly-4711"
_SEEN = "UNODC will send the list to INTERPOL by 31 March 2023."
_LIE = f"UNODC will pay the {_UNSEEN} to INTERPOL by 31 March 2023."

_UNSEEN_IN_PAGES = {
    "none": ('<p style="display:none">', "</p>"),
    "hidden": ("<p hidden>", "</p>"),
    "struck": ("<p><s>", "</s></p>"),
    "comment": ('<p style="display:/**/none">', "</p>"),
    "escape": ('<p style="display:\\6eone">', "</p>"),
    "late-rule": (f"<style>{'.z{color:red}' * 300}.h{{display:none}}</style><p class=h>", "</p>"),
    "nested-rule": ("<style>.a{.b{display:none}}</style><div class=a><p class=b>", "</p></div>"),
    "aside": ('<p style="position:absolute;left:-9999px">', "</p>"),
    "noembed": ("<noembed>", "</noembed>"),
    "dialog": ("<dialog>", "</dialog>"),
    "details": ("<details>", "</details>"),
    "of-no-area": ('<p style="clip-path:polygon(0 0, 100% 100%, 0 0)">', "</p>"),
    "of-no-browser": ("<style>.h{color:transparent}.h{color:nonsense}</style><p class=h>", "</p>"),
    "of-the-one-around": (
        "<style>div{visibility:hidden}.h{visibility:visible}.h{visibility:inherit}</style><div><p class=h>",
        "</p></div>",
    ),
    "of-another-type": ("<style>.h{display:none}</style><style type=x>.h{display:block}</style><p class=h>", "</p>"),
    "of-a-layer": ("<style>@layer x{.h{display:none}}.h{display:revert-layer}</style><p class=h>", "</p>"),
}


_W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'


def unseen(testbed: Testbed) -> Proof:
    """C1: nothing invisible in a file is proposed or imported; a notice says that something was left out."""
    proof = Proof("C1", "what is hidden, struck or deleted in a file promises nothing, and is told")
    with testbed.sandbox() as sandbox:
        sandbox.make()
        for path in _with_unseen_words(sandbox.home):
            is_list = path.suffix == ".xlsx"
            words = ("import", str(path)) if is_list else ("capture", str(path), "--dated", "2022-12-06", "--all")
            result = sandbox.run(*words, "--visit", "lyon-2022", "--dry-run")
            proof.count("files")
            proof.check(_UNSEEN not in result.out, f"{path.name}: what nobody sees is proposed: {result}")
            is_noticed = any(word in result.err for word in ("left out", "tracked", "differs"))
            proof.check(is_noticed, f"{path.name}: it is not told: {result}")
    return proof


def _with_unseen_words(folder: Path) -> Iterator[Path]:
    for name, (start, end) in {
        "hidden": ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>", "</w:t></w:r>"),
        "struck": ("<w:r><w:rPr><w:strike/></w:rPr><w:t>", "</w:t></w:r>"),
        "clear": (f"<w:r><w:rPr><w14:textFill {_W14}><w14:noFill/></w14:textFill></w:rPr><w:t>", "</w:t></w:r>"),
        "half-a-point": ('<w:r><w:rPr><w:sz w:val="0.5pt"/></w:rPr><w:t>', "</w:t></w:r>"),
        "fitted": ('<w:r><w:rPr><w:fitText w:val="1"/></w:rPr><w:t>', "</w:t></w:r>"),
        "white": ('<w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t>', "</w:t></w:r>"),
        "moved": ('<w:moveFrom w:id="1" w:author="x"><w:r><w:t>', "</w:t></w:r></w:moveFrom>"),
    }.items():
        document = docx.Document()
        document.add_paragraph(_SEEN)
        lie = f"<w:p {nsdecls('w')}>{start}{_LIE}{end}</w:p>"
        document.element.body.insert(0, parse_xml(lie))
        document.save(str(folder / f"{name}.docx"))
        yield folder / f"{name}.docx"
    document = docx.Document()
    document.styles["Normal"].font.hidden = True
    document.add_paragraph(_SEEN).runs[0].font.hidden = False
    document.add_paragraph(_LIE)
    document.save(str(folder / "by-default.docx"))
    yield folder / "by-default.docx"
    for name, (start, end) in _UNSEEN_IN_PAGES.items():
        path = folder / f"{name}.html"
        path.write_text(f"<html><body><p>{_SEEN}</p>{start}{_LIE}{end}</body></html>")
        yield path
    mail = EmailMessage()
    mail["From"], mail["Date"] = "x@example.org", "Tue, 6 Dec 2022 10:00:00 +0000"
    mail.set_content(_LIE)
    mail.add_alternative(f"<p>{_SEEN}</p>", subtype="html")
    (folder / "plain.eml").write_bytes(bytes(mail))
    yield folder / "plain.eml"
    for name, column, number_format in (("hidden-column", {"hidden": True}, ""), ("no-format", {}, '"";"";"";""')):
        path = folder / f"{name}.xlsx"
        with xlsxwriter.Workbook(str(path)) as book:
            sheet = book.add_worksheet()
            shows = book.add_format({"num_format": number_format} if number_format else {})
            for place, (heading, cell) in enumerate(
                {"Action": "Send it", "By": "UNODC", "To": "INTERPOL", "Quote": _UNSEEN}.items()
            ):
                sheet.write_string(0, place, heading)
                sheet.write_string(1, place, cell, shows if cell == _UNSEEN else None)
            sheet.set_column(3, 3, None, None, column)
        yield path
    hidden = folder / "hidden-column.xlsx"
    for name, (old, new) in {
        "quoted": ('hidden="1"', "hidden='1'"),
        "referred": ('hidden="1"', 'hidden="&#49;"'),
        "narrow": ('width="0" ', 'width="0.01" '),
    }.items():
        path = folder / f"{name}.xlsx"
        with ZipFile(hidden) as parts, ZipFile(path, "w") as changed:
            for part in parts.namelist():
                xml = parts.read(part).decode()
                if part.endswith("/sheet1.xml"):
                    assert old in xml
                    xml = xml.replace(old, new)
                    xml = xml.replace('hidden="1"', "") if name == "narrow" else xml
                changed.writestr(part, xml)
        yield path


def captured(testbed: Testbed) -> Proof:
    """C1: what others change between a look at a report and its taking is refused; no name comes with the file's."""
    proof = Proof("C1", "what is taken of a report is what was shown, without names of persons")
    with testbed.sandbox() as sandbox:
        sandbox.make()
        report = sandbox.home / f"Minutes by Mr Pat {_PERSON}.txt"
        report.write_text(_REPORT)
        words = ("capture", str(report), "--visit", "lyon-2022", "--dated", "2022-12-06")
        for change in (
            ("visit", "edit", "lyon-2022", "--host", "NCB Tashkent"),
            ("party", "edit", "UNODC", "--name", "UNODC ROCA"),
        ):
            hash_of_seen = json.loads(sandbox.run(*words, "--json").out)[0]["text_hash"]
            assert sandbox.judged(*change).code == 0
            before = sandbox.judged("list", "--ids").out
            refused = sandbox.run(*words, "--take", "1", "--text-hash", hash_of_seen)
            proof.count("changes between")
            is_left = sandbox.judged("list", "--ids").out == before
            proof.check(refused.code == 6 and is_left, f"taken after {' '.join(change)}: {refused}")
        hash_of_seen = json.loads(sandbox.run(*words, "--json").out)[0]["text_hash"]
        entered = sandbox.run(*words, "--take", "1", "--text-hash", hash_of_seen)
        proof.check(entered.code == 0, f"what was shown is not taken: {entered}")
        proof.count("taken")
        proof.check(_PERSON not in sandbox.store.read_text(), "the name of a person came in with that of the file")
    return proof
