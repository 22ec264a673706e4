"""Mails of two forms: what mail programs show of them is read, and a difference is told."""

from email import message_from_string
from email.message import EmailMessage

import pytest

from store.capture.readers.read_mail import read_mail

_PAGES_DIFFER = ["two pages of the mail differ: the last is read, as it is shown"]
_DIFFERS = ["the plain form of the mail differs from its page, which is read, as it is shown"]


def mail(plain: str, *pages: str) -> bytes:
    message = EmailMessage()
    message["From"], message["Date"] = "x@example.org", "Fri, 27 Nov 2026 10:00:00 +0000"
    message.set_content(plain)
    for page in pages:
        message.add_alternative(page, subtype="html")
    return bytes(message)


@pytest.mark.parametrize("page", ["<p>UNODC will not come.</p>", "<p>UNODC will <i>not</i> come.</p>"])
def test_of_two_forms_that_differ_the_one_is_read_that_is_shown(page: str) -> None:
    text, head = read_mail(mail("UNODC will come.", page), "a.eml")
    assert (text, head["warnings"]) == ("UNODC will not come.\n", _DIFFERS)


def test_of_several_pages_the_last_one_is_shown() -> None:
    text, head = read_mail(mail("UNODC will come.", "<p>UNODC will come.</p>", "<p>No.</p>"), "a.eml")
    assert (text, head["warnings"]) == ("No.\n", [*_PAGES_DIFFER, *_DIFFERS])


@pytest.mark.parametrize(
    ("first", "told"),
    [("<p>UNODC will come.</p>", _PAGES_DIFFER), ("<b>No.</b>", []), ("<div>" * 3000 + "No.", _PAGES_DIFFER)],
)
def test_where_two_pages_of_a_mail_differ_it_is_told(first: str, told: list[str]) -> None:
    message = EmailMessage()
    message.make_alternative()
    for page in (first, "<p>No.</p>"):
        message.add_alternative(page, subtype="html")
    text, head = read_mail(bytes(message), "a.eml")
    assert (text, head["warnings"]) == ("No.\n", told)


def test_what_the_page_hides_is_no_promise_by_the_plain_form() -> None:
    text, head = read_mail(mail("Lunch. UNODC will come.", "<p>Lunch.</p><p hidden>UNODC will come.</p>"), "a.eml")
    assert (text, head["warnings"]) == ("Lunch.\n", ["1 passage is hidden, and left out", *_DIFFERS])


def test_of_two_forms_that_say_the_same_the_plain_one_is_read() -> None:
    plain = "UNODC will come:\n- see the plan <https://example.org/plan>\n[cid:image1.png]\n"
    page = '<p>UNODC&nbsp;will come:</p><ul><li>see the <a href="https://example.org/plan">plan</a></li></ul>'
    text, head = read_mail(mail(plain, page), "a.eml")
    assert (text, head["warnings"]) == (plain, [])


def test_of_a_mail_in_a_mail_nothing_is_read_and_that_is_told() -> None:
    within = EmailMessage()
    within.set_content("Lunch.")
    within.add_alternative("<p>UNODC will come.</p>", subtype="html")
    message = EmailMessage()
    message.set_content("UNODC promised nothing.")
    message.add_attachment(within, filename="old.eml")
    message.add_attachment(within)
    text, head = read_mail(bytes(message), "a.eml")
    attached = "not read, since it is attached: old.eml, an attachment (save it, then capture the file)"
    assert (text, head["warnings"]) == ("UNODC promised nothing.\n", [attached])


def test_of_related_parts_the_one_is_read_that_the_mail_names_as_its_root() -> None:
    parts = "".join(
        f"--x\nContent-Type: text/html\nContent-ID: <{name}>\n\n<p>{text}</p>\n"
        for name, text in (("a", "UNODC will come."), ("b", "Lunch."))
    )
    raw = f'Content-Type: multipart/related; boundary=x; start="<b>"\n\n{parts}--x--\n'
    text, head = read_mail(raw.encode(), "a.eml")
    attached = "not read, since it is attached: an attachment (save it, then capture the file)"
    assert (text, head["warnings"]) == ("Lunch.\n", [attached])


def test_of_attached_alternatives_nothing_is_read() -> None:
    message = message_from_string(
        'Content-Type: multipart/mixed; boundary="a"\n\n--a\nContent-Type: text/plain\n\nLunch.\n'
        '--a\nContent-Type: multipart/alternative; boundary="b"\nContent-Disposition: attachment; filename="b"\n\n'
        "--b\nContent-Type: text/html\n\n<p>UNODC will come.</p>\n--b--\n--a--\n"
    )
    text, head = read_mail(message.as_bytes(), "a.eml")
    assert text == "Lunch.\n"
    assert head["warnings"] == ["not read, since it is attached: b (save it, then capture the file)"]


def test_texts_below_one_another_are_all_read_in_their_order() -> None:
    message = EmailMessage()
    message.make_mixed()
    for text, subtype in (("<p>UNODC will come.</p>", "html"), ("UNODC did not agree.", "plain")):
        part = EmailMessage()
        part.set_content(text, subtype=subtype)
        message.attach(part)
    text, head = read_mail(bytes(message), "a.eml")
    assert (text, head["warnings"]) == ("UNODC will come.\n\nUNODC did not agree.\n", [])


def test_a_picture_in_the_page_is_no_attachment() -> None:
    message = EmailMessage()
    message.set_content('<p>Lunch.</p><img src="cid:a">', subtype="html")
    message.add_related(b"x", maintype="image", subtype="png", cid="<a>")
    text, head = read_mail(bytes(message), "a.eml")
    assert (text, head["warnings"]) == ("Lunch.\n", [])


@pytest.mark.parametrize(
    ("charset", "is_read"),
    [("utf-8", True), ("koi8-r", True), ("windows-1251", True), ("unicode-escape", False), ("cp037", False)],
)
def test_a_text_in_a_set_that_no_mail_program_knows_is_read_letter_by_letter(charset: str, *, is_read: bool) -> None:
    body = "UNODC will come.".encode("cp037") if charset == "cp037" else b"UNODC will \\x63ome."
    head = f"From: x@example.org\nContent-Type: text/plain; charset={charset}\n\n".encode()
    text, _ = read_mail(head + (b"UNODC will come." if is_read else body), "a.eml")
    assert ("UNODC will come." in text) is is_read
