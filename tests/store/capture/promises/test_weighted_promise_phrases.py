"""Each rule matches its example and not its counter-example, and has a name that no other rule has."""

import pytest

from store.capture.promises import weighted_promise_phrases_en, weighted_promise_phrases_ru
from store.capture.promises.phrase_rule import FIRM, SOFT, Rule

_TABLES = {"en": weighted_promise_phrases_en, "ru": weighted_promise_phrases_ru}
_RULES = [
    pytest.param(rule, id=f"{lang} {rule.name}")
    for lang, table in _TABLES.items()
    for rule in (*table.CUES, *table.FEATURES)
]


@pytest.mark.parametrize("rule", _RULES)
def test_a_rule_matches_its_example_and_not_the_other(rule: Rule) -> None:
    assert rule.compiled.search(rule.example), f"{rule.name} does not match {rule.example!r}"
    assert not rule.compiled.search(rule.not_example), f"{rule.name} matches {rule.not_example!r}"


@pytest.mark.parametrize("lang", _TABLES)
def test_names_are_told_apart_and_cues_have_a_strength(lang: str) -> None:
    table = _TABLES[lang]
    names = [rule.name for rule in (*table.CUES, *table.FEATURES)]
    assert len(set(names)) == len(names)
    assert all(rule.strength in (FIRM, SOFT) for rule in table.CUES)
    assert all(rule.strength is None for rule in table.FEATURES)
