"""The mail of a paper: an RFC 5322 message that nobody's text can add a header to."""

import email
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from store.errors import UsageError
from store.formats.mail_message import parse_address, render_mail
from store.reports.document import Document, Figures, Section, Table, TableColumn, TableRow

AT = "2026-11-27T06:30:00Z"


def document(title: str = "Digest", cell: str = "Send it") -> Document:
    row = TableRow(["#1", cell], remarks=[cell])
    parts = [
        Section("In all", [Figures([("2", "overdue", "overdue"), ("1", "to chase", "strong")])]),
        Section("Overdue", [Table([TableColumn("No.", 1), TableColumn("What", 4)], [row])]),
    ]
    return Document(title, [], [], [], parts, "en")


def read(data: bytes) -> EmailMessage:
    message = email.message_from_bytes(data, policy=default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


def sent(title: str = "Digest", cell: str = "Send it", text: str = "Send it\n", to: str = "asel") -> EmailMessage:
    data = render_mail(document(title, cell), text=text, to=parse_address(to), sender=parse_address("cron"), at=AT)
    assert data.isascii()
    assert all(len(line) <= 998 for line in data.split(b"\n"))
    return read(data)


def test_it_has_text_and_html_and_the_headers_of_a_mail() -> None:
    message = sent()
    assert message["To"] == "asel"
    assert message["From"] == "cron"
    assert message["Subject"] == "Digest: 2 overdue, 1 to chase"
    assert message["Date"].datetime.isoformat() == "2026-11-27T06:30:00+00:00"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]


@pytest.mark.parametrize(
    ("typed", "name", "spec"),
    [
        ("asel", "", "asel"),
        ("asel@unodc.org", "", "asel@unodc.org"),
        ("Asel Nur <asel@unodc.org>", "Asel Nur", "asel@unodc.org"),
        ("Асель <asel@unodc.org>", "Асель", "asel@unodc.org"),
        ("asel@почта.рф", "", "asel@xn--80a1acny.xn--p1ai"),
        ("MIA Uzbekistan", "", '"MIA Uzbekistan"'),
    ],
)
def test_a_login_and_an_address_are_taken(typed: str, name: str, spec: str) -> None:
    (found,) = sent(to=typed)["To"].addresses
    assert (found.display_name, found.addr_spec) == (name, spec)


@pytest.mark.parametrize(
    "typed",
    [
        *("", " ", "a\nBcc: b", "a\r\nBcc: b@c", "a@b, c@d", "a@b; c", "@", "a@", "@b", "<", "a <b>", "асель"),
        *("асель@b.c", "a@b\n", "\x00", "\ud800", "a <b@c> d", "group: a@b;", "a@b c", "a b@c"),
    ],
)
def test_what_is_no_address_of_one_person_is_refused(typed: str) -> None:
    with pytest.raises(UsageError, match="no address of a mail") as refused:
        parse_address(typed)
    assert refused.value.field == "for"
    assert refused.value.sentence.isprintable()


@given(st.text(max_size=40) | st.text('ab@<>,;:."\\() \n\r\t=?', max_size=25))
@example("=?utf-8?q?a=0ABcc=3A_b=40c?= <a@b.c>")
@example('"a\\\nb"@c')
def test_any_recipient_is_one_address_or_refused(typed: str) -> None:
    try:
        parse_address(typed)
    except UsageError:
        return
    message = sent(to=typed)
    assert len(message["To"].addresses) == 1
    assert set(message.keys()) == set(sent().keys())


@given(st.text(max_size=60), st.text(max_size=60))
@example("a\nBcc: b@c", "</td><script>alert(1)</script>")
@example("a\r\n\r\nb", "\u2028\u202e\ud800")
def test_hostile_text_reaches_neither_a_header_nor_the_markup(title: str, cell: str) -> None:
    message = sent(title, cell, "text\n")
    assert set(message.keys()) == set(sent().keys())
    html = message.get_body(("html",))
    assert html is not None
    assert "<script" not in html.get_content().lower()
