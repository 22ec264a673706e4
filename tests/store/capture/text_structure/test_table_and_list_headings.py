"""Which tables are tables of actions, as their heads say."""

import pytest

from store.capture.text_structure.table_and_list_headings import columns_of


@pytest.mark.parametrize(
    ("heads", "roles"),
    [
        (("Action", "Responsible", "Deadline"), {"action": 0, "by": 1, "due": 2}),
        (("Activity", "Date", "Who"), {"action": 0, "due": 1, "by": 2}),
        (("Activity", "Due date"), {"action": 0, "due": 1}),
        (("Мероприятия", "Исполнители", "Сроки"), {"action": 0, "by": 1, "due": 2}),
        (("Что", "Кто", "Кому"), {"action": 0, "by": 1, "to": 2}),
        (("No.", "Commitment", "By", "To", "Due"), {"action": 1, "by": 2, "to": 3, "due": 4}),
        (
            ("№", "Содержание обязательства", "Обязавшаяся сторона", "Перед кем", "Срок"),
            {"action": 1, "by": 2, "to": 3, "due": 4},
        ),
        (("Promised by", "Promised to", "Commitment", "Deadline"), {"by": 0, "to": 1, "action": 2, "due": 3}),
        (("From", "To", "Action", "Deadline"), {"by": 0, "to": 1, "action": 2, "due": 3}),
        (("Action", "Responsible", "For"), {"action": 0, "by": 1, "to": 2}),
        (("Action", "Responsible", "Partner", "Deadline"), {"action": 0, "by": 1, "to": 2, "due": 3}),
        (("Action", "Implementing partner", "Beneficiaries"), {"action": 0, "by": 1, "to": 2}),
        (("What", "Who", "By"), {"action": 0, "by": 1, "due": 2}),
        (("What", "By", "Who"), {"action": 0, "due": 1, "by": 2}),
    ],
)
def test_a_table_of_actions(heads: tuple[str, ...], roles: dict[str, int]) -> None:
    assert columns_of(heads) == roles


@pytest.mark.parametrize(
    "heads",
    [
        ("Activity", "Date"),
        ("From", "To", "Activity"),
        ("Date", "From", "To", "Activity"),
        ("Почтовый адрес", "Срок"),
        ("Почтовый адрес", "Некто"),
    ],
)
def test_another_table(heads: tuple[str, ...]) -> None:
    assert columns_of(heads) == {}
