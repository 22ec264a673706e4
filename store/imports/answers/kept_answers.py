"""The answers on earlier lists, kept by their headings: a private file in the user's own folder."""

from __future__ import annotations

import os
from contextlib import suppress

from store.errors import UsageError
from store.imports.headings.heading_synonyms import DATE_FIELDS, normal
from store.open_folder import read_own_file, replace_own_file
from store.paths import state_folder
from store.quick_json import loads
from store.rules.person_or_institution import may_be_a_person
from store.sanitise_text import visible
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from store.imports.answers.parse_answers import Typed

KEPT_KINDS = ("map", "default", "set", "value", "dates")
"""The kinds of answers that are kept: those on how a list is written, not on what a single one holds."""

_MOST, _MOST_BYTES, _MOST_NAMED = 100, 1_000_000, 5

_MOST_OF_LIST = 50_000
"""Bytes of what is kept of one list: longer headings are those of no list that comes again."""


class KeptList:
    """The answers on one list: its `name`, and how they were `typed`."""

    __slots__ = ("name", "typed")

    def __init__(self, name: str, typed: Typed) -> None:
        self.name = name
        self.typed = typed


class KeptAnswers:
    """The answers on the lists of one person. Reading and writing never raise: they are a help, and no record."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._path = os.path.join(state_folder(environment), "lists.json")

    def of_headings(self, headings: Sequence[str]) -> KeptList | None:
        """The answers on the last list with these headings."""
        key = _key(headings)
        return next((_kept(each) for each in self._all() if each["headings"] == key), None)

    def named(self, name: str) -> KeptList | None:
        """The answers on the last list of this name, with or without its ending."""
        wanted = name.casefold()
        for each in self._all():
            if wanted in (each["name"].casefold(), os.path.splitext(each["name"].casefold())[0]):
                return _kept(each)
        return None

    def need(self, name: str) -> KeptList:
        """The answers on the list of this name. Raises: UsageError for an unknown one."""
        found = self.named(name)
        if found is None:
            names = dict.fromkeys(each["name"] for each in self._all())
            known = ", ".join(tr('"{text}"', text=visible(each)) for each in list(names)[:_MOST_NAMED])
            sentence = tr('no answers are kept for a list "{name}"', name=visible(name))
            raise UsageError(sentence, code="import.like-unknown", field="like", values={"known": known})
        return found

    def keep(self, name: str, headings: Sequence[str], typed: Typed) -> bool:
        """Keep the answers on a list, in the place of those on an earlier one of its name; nothing new is kept once.

        Returns whether there is room for them, as `has_room`.
        """
        made, known = _made(name, headings, typed), self._all()
        is_kept = any(each["headings"] == made["headings"] and each["answers"] == made["answers"] for each in known)
        if is_kept or not made["answers"]:
            return True
        if not has_room(name, headings, typed):
            return False
        lists, room = [], _MOST_BYTES
        for each in [made, *(each for each in known if each["name"] != name)][:_MOST]:
            room -= _size(each)
            if room < 0:
                break
            lists.append(each)
        with suppress(OSError, ValueError):
            replace_own_file(self._path, _written(lists).encode("ascii"), is_synced=False)
        return True

    def _all(self) -> list[dict[str, Any]]:
        try:
            found = loads(read_own_file(self._path, _MOST_BYTES) or b"[]")
        except (OSError, ValueError, RecursionError):
            return []
        return [each for each in found if _is_kept(each)] if isinstance(found, list) else []


def has_room(name: str, headings: Sequence[str], typed: Typed) -> bool:
    """Whether the answers on a list are kept: not where they and its headings are too long."""
    made = _made(name, headings, typed)
    return not made["answers"] or _size(made) <= _MOST_OF_LIST


def why_not_kept(name: str) -> str:
    """The sentence on a list for whose answers there is no room."""
    return tr("the answers on {name} are not kept for the next list: its headings are too long", name=visible(name))


def _made(name: str, headings: Sequence[str], typed: Typed) -> dict[str, Any]:
    """What is kept of a list."""
    kept = {kind: [each for each in typed.get(kind, ()) if _may_be_kept(kind, each)] for kind in KEPT_KINDS}
    return {"name": name, "headings": _key(headings), "answers": {kind: each for kind, each in kept.items() if each}}


def _written(lists: Sequence[Mapping[str, Any]]) -> str:
    """Lists as they stand in the file."""
    import json  # Most lists are brought in without an answer.

    return json.dumps(lists, indent=1)


def _size(each: Mapping[str, Any]) -> int:
    """The bytes of a list in the file, rather more than less."""
    return len(_written([each])) + 2


def _may_be_kept(kind: str, typed: str) -> bool:
    """Whether an answer may be kept: not on the visit or a date, which are others next time, and no person's name."""
    if kind != "map" and typed.partition(":" if kind == "value" else "=")[0] in DATE_FIELDS:
        return False
    word = typed.partition(":")[2].rpartition("=")[0].strip().strip('"')
    return not typed.startswith("visit=") and not may_be_a_person(word)


def _key(headings: Sequence[str]) -> list[str]:
    """Headings as they are compared, in their order: an answer may name a column by its letter."""
    return list(map(normal, headings))


def _kept(each: Mapping[str, Any]) -> KeptList:
    return KeptList(each["name"], {kind: list(values) for kind, values in each["answers"].items()})


def _is_kept(each: object) -> bool:
    """Whether a value of the file is what this program wrote."""
    if not isinstance(each, dict) or not isinstance(each.get("name"), str):
        return False
    headings, answers = each.get("headings"), each.get("answers")
    if not isinstance(headings, list) or not isinstance(answers, dict):
        return False
    lists = [headings, *answers.values()]
    return all(isinstance(texts, list) and all(isinstance(text, str) for text in texts) for texts in lists)
