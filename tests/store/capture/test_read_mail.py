"""Mails of two forms: what mail programs show of them is read, and a difference is told."""

from email.message import EmailMessage

import pytest

from store.capture.read_mail import read_mail

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
    assert (text, head["warnings"]) == ("No.\n", _DIFFERS)


def test_what_the_page_hides_is_no_promise_by_the_plain_form() -> None:
    text, head = read_mail(mail("Lunch. UNODC will come.", "<p>Lunch.</p><p hidden>UNODC will come.</p>"), "a.eml")
    assert (text, head["warnings"]) == ("Lunch.\n", ["1 passage is hidden, and left out", *_DIFFERS])


def test_of_two_forms_that_say_the_same_the_plain_one_is_read() -> None:
    plain = "UNODC will come:\n- see the plan <https://example.org/plan>\n[cid:image1.png]\n"
    page = '<p>UNODC&nbsp;will come:</p><ul><li>see the <a href="https://example.org/plan">plan</a></li></ul>'
    text, head = read_mail(mail(plain, page), "a.eml")
    assert (text, head["warnings"]) == (plain, [])
