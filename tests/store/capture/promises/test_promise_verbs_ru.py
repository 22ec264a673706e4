"""Russian verbs are known by their form: the future of a perfective verb, with the infinitive for the title."""

import pytest

from store.capture.promises.promise_verbs_ru import infinitive_of


@pytest.mark.parametrize(
    ("forms", "infinitive"),
    [
        ("направит направят направим", "направить"),
        ("обеспечит обеспечат", "обеспечить"),
        ("согласует согласуют", "согласовать"),
        ("проработает проработают", "проработать"),
        ("проведёт проведет проведут", "провести"),
        ("подпишет подпишут", "подписать"),
        ("окажет окажут", "оказать"),
        ("разошлёт разошлют", "разослать"),
        ("подберёт подберут", "подобрать"),
        ("примет примут", "принять"),
        ("возьмёт возьмут", "взять"),
        ("рассмотрит рассмотрят", "рассмотреть"),
        ("поддержит поддержат", "поддержать"),
        ("передаст передадут", "передать"),
        ("займётся займутся", "заняться"),
        ("командирует командируют", "командировать"),
        ("состоится", "состояться"),
    ],
)
def test_the_future_of_perfective_verbs(forms: str, infinitive: str) -> None:
    assert {infinitive_of(form) for form in forms.split()} == {infinitive}


@pytest.mark.parametrize(
    "words",
    [
        "проводит вносит входит состоит зависит содержит участвует соответствует требует смотрит",  # imperfective
        "визит возврат секретариат сертификат комитет приоритет",  # nouns
        "последним подобным общим средним принят взят",  # adjectives, participles
        "направил направить направляет",
    ],
)
def test_what_only_has_its_form(words: str) -> None:
    assert [word for word in words.split() if infinitive_of(word)] == []
