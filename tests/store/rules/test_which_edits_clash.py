"""Two people's edits of one record: the rule alone, without a store."""

from store.rules.which_edits_clash import (
    changed_by_others,
    changes_since,
    clashing,
    clashing_in_commitment,
    clashing_unless_known,
    is_history_complete,
    without_following,
)
from tests.store.rules.records import event

MINE = 9


def test_a_field_clashes_when_i_give_it_a_third_value() -> None:
    events = [
        event(2, fields={"title": ["A", "B"]}),
        event(3, who="boris", fields={"title": ["B", "C"], "owner": ["asel", "boris"]}),
        event(MINE, revision=4, fields={"title": ["C", "D"], "kind": ["other", "legal"]}),
    ]
    changed = changed_by_others(events, 1, MINE)
    assert [(each.field, each.before, each.theirs, each.mine) for each in changed] == [
        ("title", "A", "C", "D"),
        ("owner", "asel", "boris", None),
    ]
    assert [each.field for each in clashing(changed)] == ["title"]
    assert clashing_unless_known(changed, {"title": "C"}) == []
    assert [each.field for each in clashing_unless_known(changed, {"title": "B"})] == ["title"]


def test_the_same_value_and_a_value_that_came_back_are_no_clash() -> None:
    events = [
        event(2, fields={"title": ["A", "B"]}),
        event(3, fields={"title": ["B", "A"], "kind": ["other", "legal"]}),
        event(MINE, revision=4, fields={"title": ["A", "C"], "kind": ["legal", "legal"]}),
    ]
    assert clashing(changed_by_others(events, 1, MINE)) == []
    assert [each.field for each in changes_since(events, 1, MINE)] == ["title", "kind"]


def test_two_who_chased_do_not_clash_and_a_note_stands_beside_another() -> None:
    events = [
        event(2, fields={"chase_on": [None, "2023-03-01"]}, note="called"),
        event(MINE, revision=3, fields={"chase_on": ["2023-03-01", "2023-03-09"]}, note="wrote"),
    ]
    changed = changed_by_others(events, 1, MINE)
    assert [each.field for each in changed] == ["chase_on", "note"]
    assert clashing_in_commitment(changed) == []


def test_what_only_follows_another_field_is_listed_when_it_is_alone() -> None:
    events = [event(2, fields={"due": ["2023-03-31", "2023-04-30"], "due_changes": [None, []]})]
    assert [each.field for each in without_following(changes_since(events, 1, MINE))] == ["due"]
    alone = [event(2, fields={"agreed_on": [None, "2023-03-31"]})]
    assert [each.field for each in without_following(changes_since(alone, 1, MINE))] == ["agreed_on"]


def test_a_restore_that_nobody_can_look_behind_is_noticed() -> None:
    events = [event(1, revision=1), event(4, revision=4), event(MINE, revision=5)]
    assert is_history_complete(events, 1, 4, MINE)
    assert is_history_complete(events, 3, 4, MINE)
    assert not is_history_complete(events, 2, 4, MINE)
