"""`config`: shows the settings and where each came from, or sets one."""

from __future__ import annotations

import os
from contextlib import suppress

from store.errors import StoreMissing, StoreUnusable, UsageError
from store.model.required_fields import PAPER_SETTINGS
from store.nearest_word import did_you_mean
from store.paths import SYSTEM_CONFIG
from store.sanitise_text import visible
from store.server_name import is_server_name
from store.translation import ENGLISH, phrase, tr
from store.words_for_none import says_none
from tui.cli.say_or_refuse_unknown_names import say_unknown_names, unknown_me
from tui.cli.stdout import json_text, write, write_after_commit, write_json
from tui.stderr import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tui.cli.arguments import Arguments
    from tui.session import Session


def config(arguments: Arguments, session: Session) -> int:
    """`config`: list the settings with their sources, or set one. Raises: FollowUpError."""
    from store.config import KEYS, MACHINE_KEYS, SHARED_KEYS

    key = arguments.words[0] if arguments.words else None
    known = list(dict.fromkeys((*KEYS, *SHARED_KEYS, *MACHINE_KEYS)))
    if key is not None and key not in known:
        hint = did_you_mean(key, known) or tr("; the settings are {known}", known=", ".join(known))
        raise UsageError(tr('there is no setting "{key}"{hint}', key=visible(key), hint=hint))
    values = arguments.words[1:]
    if key is None or not values:
        return _show_settings(arguments, session, key)
    if key in MACHINE_KEYS:
        raise UsageError(
            tr(
                "{key} is set for the whole machine, by its administrator: in {path}",
                key=key,
                path=SYSTEM_CONFIG,
            )
        )
    if arguments.has("shared"):
        return _set_shared(arguments, session, key, values)
    if key in SHARED_KEYS and key not in KEYS:
        raise UsageError(tr("{key} holds for all who open the store: add --shared", key=key))
    from store.config import save

    is_none = len(values) == 1 and says_none(values[0])
    value: str | int | list[str] | None = None if is_none else values if key == "me" else " ".join(values)
    if key.startswith("view") and isinstance(value, str):
        value = _known_view(session, key, value)
    if key == "store" and isinstance(value, str) and value.strip() and not value.startswith("~"):
        value = value if is_server_name(value) else os.path.abspath(value)  # The same store in every folder.
    if key == "import-memory" and isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
        value = int(value)
    unknown: list[str] = []
    if isinstance(value, list):
        # Before it is saved: what cannot be asked then saves nothing.
        with suppress(StoreUnusable):
            unknown = unknown_me(value, session.snapshot())
    path = save(session.environment, key, value)
    if arguments.has("json"):
        session.forget()
        return _show_settings(arguments, session, key)
    write_after_commit(f"{key} = {_value_text(_in_language(session, key, value))}\n")
    say(tr("written to {path}", path=path))
    for sentence in unknown:
        say(sentence)
    return 0


def _known_view(session: Session, key: str, value: str) -> str:
    """The value of a setting `view` or `view-7` ... to store: a known name, or a valid query.

    Raises: UsageError.
    """
    from store.config import name_and_query
    from store.query.parse_query import parse
    from store.query.views import refuse_name_of_another, view_named

    if key == "view":
        return view_named(value, session.views).name
    name, query = name_and_query(value)
    if not value.isprintable():
        raise UsageError(
            tr('"{value}" has a sign that does not print: write {key} without it', value=visible(value), key=key)
        )
    if not (name and query):
        sentence = tr(
            '{key} is a name and a query: followup config {key} "INTERPOL late: overdue to:INTERPOL"', key=key
        )
        raise UsageError(sentence)
    refuse_name_of_another(name, key[-1], session.views)
    asked = parse(query, today=session.clock.today(None), me=session.me)
    # A view can be kept before there is a store.
    with suppress(StoreUnusable):
        say_unknown_names(asked, session.snapshot())
    return f"{name}: {query}"


def _set_shared(arguments: Arguments, session: Session, key: str, values: list[str]) -> int:
    from store.config import SHARED_KEYS
    from store.operations import change_settings

    if key not in SHARED_KEYS:
        raise UsageError(tr("{key} is a setting of your own: leave out --shared", key=key))
    if key in PAPER_SETTINGS:
        values = [" ".join(values)]
    if len(values) != 1:
        raise UsageError(tr("{key} takes one value", key=key))
    setting = {key.replace("-", "_"): values[0]}
    is_changed, tx = session.database.change(lambda tx: change_settings(tx, **setting), is_mending=True)
    if arguments.has("json"):
        session.forget()
        return _show_settings(arguments, session, key)
    write_after_commit(f"{key} = {_value_text(values[0])}{'' if is_changed else tr(' already')}\n")
    for sentence in tx.warnings:
        say(sentence)
    return 0


def _in_language(session: Session, key: str, value: object) -> object:
    """The value of a setting in messages: the name of a view in the language of the program."""
    if key != "view" or not isinstance(value, str):
        return value
    from store.query.views import name_in_language

    return next((name_in_language(view) for view in session.views if view.name == value), value)


def _value_text(value: object) -> str:
    if value is None:
        return tr("not set")
    return ", ".join(map(visible, value)) if isinstance(value, list) else visible(str(value))


def _settings_with_sources(session: Session) -> dict[str, tuple[object, str]]:
    """Map each key to its value and the source of that value."""
    from store.rules.silence_and_chasing import SILENT_AFTER

    own = session.config
    environment = session.environment.get("FOLLOWUP_STORE")
    source = "FOLLOWUP_STORE" if environment else own.source_of("store") or phrase("default")
    found: dict[str, tuple[object, str]] = {
        "store": (session.path, "--store" if session.is_named_by_option else source),
        "me": (session.me, own.source_of("me") or phrase("default: your login name")),
        "view": (own.view, own.source_of("view") or phrase("default: Now, or Open when nothing is in it")),
        "lang": _language(session),
        "ground": (own.ground, own.source_of("ground") or phrase("default: colours that hold on dark and on light")),
    }
    found["import-memory"] = (own.import_memory, own.source_of("import-memory") or phrase("default"))
    for digit in ("7", "8", "9"):
        key = f"view-{digit}"
        text = ": ".join(own.saved_views[digit]) if digit in own.saved_views else None
        found[key] = (text, own.source_of(key) or phrase("default"))
    found["audit"] = (own.audit, own.source_of("audit") or phrase("default: no trail"))
    try:
        settings, where = session.database.settings(), phrase("the store")
    except StoreMissing:
        return {
            **found,
            "silent-after": (SILENT_AFTER, phrase("default")),
            "timezone": (None, phrase("default: the machine's")),
            **dict.fromkeys(PAPER_SETTINGS, (None, phrase("default"))),
        }
    silent_after, timezone = settings.get("silent_after"), settings.get("timezone")
    return {
        **found,
        "silent-after": (silent_after or SILENT_AFTER, where if silent_after else phrase("default")),
        "timezone": (timezone, where if timezone else phrase("default: the machine's")),
        **{name: (settings.get(name), where if name in settings else phrase("default")) for name in PAPER_SETTINGS},
    }


def _language(session: Session) -> tuple[str, str]:
    """The language in force, and its source."""
    from tui.interface_language import VARIABLE

    own = session.config
    typed = session.environment.get(VARIABLE)
    if typed or own.lang:
        return typed or own.lang or ENGLISH, VARIABLE if typed else own.source_of("lang") or ""
    try:
        of_store = session.database.settings().get("lang")
    except StoreMissing:
        of_store = None
    return of_store or ENGLISH, phrase("the store") if of_store else phrase("default")


def _show_settings(arguments: Arguments, session: Session, key: str | None) -> int:
    settings = _settings_with_sources(session)
    if key is not None:
        settings = {key: settings[key]}
    if arguments.has("json"):
        document = {name: {"value": value, "source": source} for name, (value, source) in settings.items()}
        write_json(json_text(document) + "\n")
    elif key is not None:
        write(f"{_value_text(_in_language(session, key, settings[key][0]))}\n")
    else:
        lines = [
            f"{name:<13} {_value_text(_in_language(session, name, value))}  ({visible(tr(source))})\n"
            for name, (value, source) in settings.items()
        ]
        write("".join(lines))
    return 0
