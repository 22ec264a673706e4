"""The schema of a server store: its tables, indexes and grants.

Its statements are written as those of `statements`.
"""

from __future__ import annotations

from store.model.format_version import HEAD_ENDS, HEADS

LAYOUT = 1
"""The version of the schema."""

CREATE = (
    "CREATE SCHEMA followup",
    """CREATE TABLE followup.meta (one int PRIMARY KEY CHECK (one = 1), store text NOT NULL, format text NOT NULL,
       schema int NOT NULL, layout int NOT NULL, revision bigint NOT NULL, next text NOT NULL, settings text NOT NULL,
       more text NOT NULL, moved text) WITH (fillfactor = 10)""",
    """CREATE TABLE followup.changes (change bigint PRIMARY KEY, key text NOT NULL UNIQUE, who text NOT NULL,
       at timestamptz NOT NULL)""",
    "CREATE TABLE followup.visits (number bigint PRIMARY KEY, changed bigint NOT NULL, doc text)",
    "CREATE TABLE followup.parties (number bigint PRIMARY KEY, changed bigint NOT NULL, doc text)",
    """CREATE TABLE followup.commitments (number bigint PRIMARY KEY, changed bigint NOT NULL, state text, head text,
       doc text)""",
    """CREATE TABLE followup.events (seq bigint PRIMARY KEY, change bigint NOT NULL, who text NOT NULL, subject text,
       number bigint, is_note boolean NOT NULL, is_turn boolean NOT NULL, doc text NOT NULL)""",
    "CREATE INDEX visits_changed ON followup.visits (changed)",
    "CREATE INDEX parties_changed ON followup.parties (changed)",
    "CREATE INDEX commitments_changed ON followup.commitments (changed)",
    "CREATE INDEX commitments_state ON followup.commitments (state, number)",
    "CREATE INDEX events_change ON followup.events (change)",
    "CREATE INDEX events_subject ON followup.events (subject, number, seq)",
)

EVENT_SUBJECTS = ("id", "visit", "party")
"""What an event may name, in the order in which its column `subject` takes it."""

GRANT_MEMBERS = (
    "GRANT USAGE ON SCHEMA followup TO {role}",
    "GRANT SELECT ON followup.meta, followup.changes, followup.visits, followup.parties, followup.commitments, "
    "followup.events TO {role}",
    "GRANT INSERT ON followup.changes, followup.events TO {role}",
    "GRANT INSERT, UPDATE ON followup.visits, followup.parties, followup.commitments TO {role}",
    "GRANT UPDATE (revision, next, settings, more) ON followup.meta TO {role}",
)

GRANT_READERS = GRANT_MEMBERS[:2]

TABLES = ("meta", "changes", "visits", "parties", "commitments", "events")

READERS_MAY = frozenset({("", "USAGE"), *((table, "SELECT") for table in TABLES)})
MEMBERS_MAY = READERS_MAY | {
    *((table, "INSERT") for table in TABLES[1:]),
    *((table, "UPDATE") for table in ("visits", "parties", "commitments")),
    *((f"meta.{column}", "UPDATE") for column in ("revision", "next", "settings", "more")),
}
"""What the statements above grant: a table, one of its columns, or the schema (empty), and what may be done there."""

POLICIES = frozenset(
    {
        ("meta", "meta_seen", "SELECT", ""),
        ("commitments", "commitments_seen", "SELECT", ""),
        ("changes", "changes_seen", "SELECT", ""),
        ("events", "events_seen", "SELECT", ""),
        ("meta", "meta_forward", "UPDATE", "revision followup.changes next max(events.seq)"),
        ("commitments", "commitments_added", "INSERT", "'state' 'id' split_part jsonb_strip_nulls"),
        ("commitments", "commitments_changed", "UPDATE", "'state' 'id' split_part jsonb_strip_nulls"),
        ("changes", "changes_signed", "INSERT", "session_user revision"),
        (
            "events",
            "events_signed",
            "INSERT",
            "session_user revision followup.changes 'change' 'seq' seq > 0 next 'id' 'note' 'undoes'",
        ),
    }
)
"""Table, name and command of the policies below, and what the check of new rows names."""

_REVISION = "(SELECT meta.revision FROM followup.meta WHERE meta.one = 1)"
_LAST_CHANGE = "(SELECT max(changes.change) FROM followup.changes)"
_LAST_EVENT = "(SELECT max(events.seq) FROM followup.events)"
_NEXT_EVENT = "(SELECT (meta.next::jsonb ->> 'events')::bigint FROM followup.meta WHERE meta.one = 1)"

_HEAD = ", ".join(f"'{field}', doc::jsonb -> '{field}'" for field in HEADS["commitments"])
_COLUMNS_OF_ITS_RECORD = (
    "(doc IS NULL AND state IS NULL AND head IS NULL) OR (state = (doc::jsonb ->> 'state') AND "
    f"number = (doc::jsonb ->> 'id')::bigint AND head = split_part(doc, '{HEAD_ENDS.decode()}', 1) || '}}' AND "
    f"head::jsonb = jsonb_strip_nulls(jsonb_build_object({_HEAD})) AND strpos(head, chr(92)) = 0)"
)
"""A head has all of its fields, each once and none escaped: what counts finds them by their names in it."""

_SUBJECT = " ".join(f"WHEN doc::jsonb -> '{key}' IS NOT NULL THEN '{key}'" for key in EVENT_SUBJECTS)
_COLUMNS_OF_ITS_EVENT = (
    f"subject IS NOT DISTINCT FROM (CASE {_SUBJECT} END) "
    "AND number IS NOT DISTINCT FROM (doc::jsonb ->> subject)::bigint AND is_note = (doc::jsonb -> 'note' IS NOT NULL) "
    "AND is_turn = (doc::jsonb -> 'undoes' IS NOT NULL OR doc::jsonb -> 'redoes' IS NOT NULL)"
)

ROW_SECURITY = (
    "ALTER TABLE followup.meta ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE followup.commitments ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE followup.changes ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE followup.events ENABLE ROW LEVEL SECURITY",
    "CREATE POLICY meta_seen ON followup.meta FOR SELECT USING (true)",
    "CREATE POLICY commitments_seen ON followup.commitments FOR SELECT USING (true)",
    f"CREATE POLICY commitments_added ON followup.commitments FOR INSERT WITH CHECK ({_COLUMNS_OF_ITS_RECORD})",
    "CREATE POLICY commitments_changed ON followup.commitments FOR UPDATE USING (true) WITH CHECK "
    f"({_COLUMNS_OF_ITS_RECORD})",
    "CREATE POLICY changes_seen ON followup.changes FOR SELECT USING (true)",
    "CREATE POLICY events_seen ON followup.events FOR SELECT USING (true)",
    "CREATE POLICY meta_forward ON followup.meta FOR UPDATE USING (true) WITH CHECK "
    f"(revision >= coalesce({_LAST_CHANGE}, revision) AND "
    f"(next::jsonb ->> 'events')::bigint > coalesce({_LAST_EVENT}, 0))",
    "CREATE POLICY changes_signed ON followup.changes FOR INSERT WITH CHECK "
    f"(who = session_user AND change = {_REVISION})",
    "CREATE POLICY events_signed ON followup.events FOR INSERT WITH CHECK "
    "(who = session_user AND (doc::jsonb ->> 'who') = session_user AND (doc::jsonb ->> 'change')::bigint = change "
    f"AND (doc::jsonb ->> 'seq')::bigint = seq AND seq > 0 AND seq < {_NEXT_EVENT} AND change = {_REVISION} "
    f"AND {_COLUMNS_OF_ITS_EVENT} AND EXISTS "
    "(SELECT 1 FROM followup.changes WHERE changes.change = events.change AND changes.who = session_user))",
)
"""History is only added to, under one's own name, to one's own change, at the revision that the store has come to: the
server's word, not the program's. The revision is never set behind the last change, not even for the length of one
transaction, nor the next event before the last: so nobody takes the number of a change or an event to come, or adds to
a change that was made before, by whomever.
What counts commitments, their columns, is what their records say: so a quick look believes no other."""
