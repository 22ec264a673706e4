"""The statements that a server store is kept with: plain SQL that PostgreSQL, CockroachDB and YugabyteDB take.

Every name is written `followup.x`: `search_path` is never relied on. Rules and counts stay in Python.
"""

from __future__ import annotations

PIECE = 5_000
"""Numbers whose records come as one value: one value instead of thousands of rows, and none too large."""

RECORD_TABLES = ("visits", "parties", "commitments")

INSERT_META = """INSERT INTO followup.meta (one, store, format, schema, layout, revision, next, settings, moved, more)
    VALUES (1, %s, %s, %s, %s, %s, %s, %s, %s, '{}')"""

BEGIN_READ = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
BEGIN_CHANGE = "BEGIN ISOLATION LEVEL READ COMMITTED"
COMMIT = "COMMIT"
ROLLBACK = "ROLLBACK"

LIMITS = """SELECT set_config('lock_timeout', %s, true), set_config('idle_in_transaction_session_timeout', '30s', true),
    set_config('application_name', %s, true)"""
"""Of one change alone, also on a connection that a pool lends; the name tells others' changes from one's own."""

_META = (
    "SELECT store, format, schema, layout, revision, next, settings, more, moved, session_user, now() "
    "FROM followup.meta"
)
META = f"{_META} WHERE one = 1"
META_TURN = f"{_META} WHERE one = 1 FOR UPDATE"

WHO = "SELECT session_user"
WHERE_AND_WHO = "SELECT current_database(), session_user"
STAMP = "SELECT store, revision FROM followup.meta WHERE one = 1"


def _table(table: str, *, number: str = "number", text: str = "doc", where: str = "doc IS NOT NULL") -> str:
    """The lines of a table as values of at most PIECE numbers, in order."""
    return (
        f"""SELECT string_agg('"' || {number} || '":' || {text}, E',\\n' ORDER BY {number}) FROM followup.{table} """
        f"WHERE {where} GROUP BY {number} / {PIECE} ORDER BY {number} / {PIECE}"
    )


TABLE = {**{table: _table(table) for table in RECORD_TABLES}, "events": _table("events", number="seq")}
"""Table -> the statement of its lines."""

HEADS_OF_OPEN = _table("commitments", text="head", where="doc IS NOT NULL AND state = ANY(%s)")
_AFTER = """SELECT substring(head FROM '"after":([0-9]+)')::bigint FROM followup.commitments WHERE"""
PRECEDING_OPEN = _table(
    "commitments",
    text="head",
    where=f"""doc IS NOT NULL AND NOT (state = ANY(%s)) AND number IN
    ({_AFTER} doc IS NOT NULL AND state = ANY(%s) AND head LIKE '%%"after":%%')""",
)
PRECEDING = f"SELECT doc FROM followup.commitments WHERE doc IS NOT NULL AND number IN ({_AFTER} number = %s)"
"""The heads of the finished commitments that open ones come after, and the one that one commitment comes after."""
HEADS_OF = _table("commitments", text="head", where="doc IS NOT NULL AND number = ANY(%s)")
FINISHED = """SELECT state, count(*), min(number) FROM followup.commitments
    WHERE doc IS NOT NULL AND NOT (state = ANY(%s)) GROUP BY state ORDER BY state"""
"""Of what is finished only the states count."""
OPEN = _table("commitments", where="doc IS NOT NULL AND state = ANY(%s)")
RECORD = {
    **{table: f"SELECT doc FROM followup.{table} WHERE number = %s AND doc IS NOT NULL" for table in RECORD_TABLES},
    "events": "SELECT doc FROM followup.events WHERE seq = %s",
}
NUMBERS = {
    table: f"SELECT number FROM followup.{table} WHERE doc IS NOT NULL ORDER BY number" for table in RECORD_TABLES
}
COMMITMENTS = _table("commitments", where="doc IS NOT NULL AND number = ANY(%s)")
COMMITMENTS_HOLDING = _table(
    "commitments",
    where="doc IS NOT NULL AND EXISTS (SELECT 1 FROM unnest(%s::text[]) AS held (part) WHERE strpos(doc, part) > 0)",
)
EVENTS_OF = "SELECT doc FROM followup.events WHERE subject = %s AND number = %s AND change <= %s ORDER BY seq"
EVENTS_OF_SOME = "SELECT number, doc FROM followup.events WHERE subject = 'id' AND number = ANY(%s) ORDER BY seq"
_MY_LAST = """(SELECT number FROM followup.events WHERE who = session_user AND subject = 'id' AND change IN (
    SELECT change FROM (SELECT change, who FROM followup.changes ORDER BY change DESC LIMIT 500) AS newest
    WHERE who = session_user ORDER BY change DESC LIMIT 3) LIMIT 16)"""
EVENTS_OF_MY_LAST = f"""SELECT number, doc FROM followup.events WHERE subject = 'id' AND number IN {_MY_LAST}
    ORDER BY seq"""
MY_LAST = _table("commitments", where=f"doc IS NOT NULL AND number IN ({_MY_LAST} UNION {_AFTER} number IN {_MY_LAST})")
"""The history of the commitments that an undo is probably about; those commitments, with what they come after. Others
are asked for when they are wanted. Of the newest changes alone: who made each of half a million is not looked up."""
EVENTS_WITH_NOTE = _table("events", number="seq", where="is_note AND change <= %s")
EVENTS_NAMING = _table("events", number="seq", where="doc LIKE %s AND change <= %s")
UNDO_EVENTS = _table("events", number="seq", where="is_turn AND change <= %s")
EVENTS_BEFORE = "SELECT seq, doc FROM followup.events WHERE seq < %s AND change <= %s ORDER BY seq DESC LIMIT %s"
ALL_EVENTS = _table("events", number="seq", where="change <= %s")

CHANGED_SINCE = {
    table: f"SELECT number, doc FROM followup.{table} WHERE changed > %s ORDER BY number" for table in RECORD_TABLES
}
EVENTS_SINCE = "SELECT doc FROM followup.events WHERE change > %s ORDER BY seq"
NEWEST_EVENTS = "SELECT doc FROM followup.events ORDER BY seq DESC LIMIT 500"


def naming(field: str) -> str:
    """The pattern of the events that name this field."""
    return f'%"{field}":%'


def replacing(field: str) -> str:
    """The pattern of the events that replace a text in this field."""
    return f'%"{field}":["%'


DELETE_ALL = {table: f"DELETE FROM followup.{table}" for table in (*RECORD_TABLES, "events", "changes")}
INSERT_EARLIER_CHANGES = """INSERT INTO followup.changes (change, key, who, at)
    SELECT change, key, who, at::timestamptz
    FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[]) AS new (change, key, who, at)"""
INSERT_CHANGE = "INSERT INTO followup.changes (change, key, who, at) VALUES (%s, %s, session_user, now())"
UPDATE_META = (
    "UPDATE followup.meta SET revision = %s, next = %s, settings = %s, more = %s WHERE one = 1 AND revision = %s"
)
UPSERT = {
    **{
        table: f"INSERT INTO followup.{table} (number, changed, doc) SELECT number, %s, doc "
        "FROM unnest(%s::bigint[], %s::text[]) AS new (number, doc) "
        "ON CONFLICT (number) DO UPDATE SET changed = excluded.changed, doc = excluded.doc"
        for table in RECORD_TABLES
    },
    "commitments": "INSERT INTO followup.commitments (number, changed, state, head, doc) "
    "SELECT number, %s, state, head, doc "
    "FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[]) AS new (number, doc, state, head) "
    "ON CONFLICT (number) DO UPDATE SET changed = excluded.changed, state = excluded.state, head = excluded.head, "
    "doc = excluded.doc",
}
INSERT_EVENTS = """INSERT INTO followup.events (seq, change, who, subject, number, is_note, is_turn, doc)
    SELECT seq, change, who, subject, number, is_note, is_turn, doc
    FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::text[], %s::bigint[], %s::boolean[], %s::boolean[],
      %s::text[])
    AS new (seq, change, who, subject, number, is_note, is_turn, doc)"""

UPDATE_EVENTS = """UPDATE followup.events SET doc = new.doc
    FROM unnest(%s::bigint[], %s::text[]) AS new (seq, doc) WHERE events.seq = new.seq"""

SET_MOVED = "UPDATE followup.meta SET moved = %s WHERE one = 1"

WORD = "SELECT 1"
"""Says that a change goes on: without it the server ends the turn of one that stands still."""

CHANGE_OF_KEY = "SELECT change FROM followup.changes WHERE key = %s"
TOUCH = "UPDATE followup.meta SET revision = revision WHERE one = 1"

_EVENTS = """relname = 'events' AND relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = 'followup')"""
"""The table as the system knows it, which one who may not even look is told as well."""
MEMBERS = f"""SELECT grantee::regrole::text FROM pg_class, aclexplode(relacl)
    WHERE {_EVENTS} AND privilege_type = 'INSERT' AND grantee <> relowner ORDER BY 1 LIMIT 1"""
"""The role whose members may change the store."""
MAY_CHANGE = "SELECT has_table_privilege('followup.events', 'INSERT')"
HAS_GRANT = f"SELECT has_table_privilege(oid, 'INSERT') FROM pg_class WHERE {_EVENTS}"
HOLDER = """SELECT activity.usename, to_char(activity.xact_start AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS UTC')
    FROM pg_stat_activity activity
    JOIN pg_locks turn ON turn.pid = activity.pid AND turn.relation = 'followup.meta'::regclass AND turn.granted
      AND turn.mode IN ('RowShareLock', 'RowExclusiveLock')
    JOIN pg_locks own ON own.pid = activity.pid AND own.locktype = 'transactionid' AND own.mode = 'ExclusiveLock'
      AND own.granted
    WHERE activity.application_name <> %s
      AND has_table_privilege(activity.usesysid, 'followup.events', 'INSERT') LIMIT 1"""
"""Who has the turn: that one has locked the row, with a transaction of its own, and may write, or had no such lock.
Since when, some roles may not see."""

# For the doctor.
TEXTS = {
    **{
        table: f"SELECT number, doc FROM followup.{table} WHERE doc IS NOT NULL ORDER BY number"
        for table in RECORD_TABLES
    },
    "events": "SELECT seq, doc FROM followup.events ORDER BY seq",
}
"""Table -> the statement of its rows, each with its text as it is."""
CHANGED = {table: f"SELECT changed FROM followup.{table} WHERE number = %s" for table in RECORD_TABLES}
EVENTS_OF_RECORD = "SELECT seq, doc FROM followup.events WHERE subject = %s AND number = %s ORDER BY seq"
COMMITMENT_COLUMNS = "SELECT number, state, head, doc FROM followup.commitments ORDER BY number"
EVENT_COLUMNS = "SELECT seq, change, who, subject, number, is_note, is_turn, doc FROM followup.events ORDER BY seq"
CHANGE_NUMBERS = """SELECT (SELECT max(change) FROM followup.changes), (SELECT max(seq) FROM followup.events),
    (SELECT count(*) FROM followup.events event
      LEFT JOIN followup.changes change ON change.change = event.change AND change.who = event.who
      WHERE change.change IS NULL), (SELECT count(*) FROM followup.changes change
      WHERE NOT EXISTS (SELECT 1 FROM followup.events event WHERE event.change = change.change))"""
_REVISION = "(SELECT revision FROM followup.meta WHERE one = 1)"
EVENTS_TO_COME = f"SELECT count(*) FROM followup.events WHERE change > {_REVISION}"
REMOVE_TO_COME = tuple(f"DELETE FROM followup.{table} WHERE change > {_REVISION}" for table in ("events", "changes"))
"""History of revisions that the store has not come to: each of them would stop the change that gets its number."""
RECORD_NUMBERS = {table: f"SELECT max(number), max(changed) FROM followup.{table}" for table in RECORD_TABLES}
GRANTS = """SELECT grantee::regrole::text, relname::text, privilege_type FROM pg_class, aclexplode(relacl)
      WHERE relnamespace = 'followup'::regnamespace AND grantee <> relowner
    UNION SELECT grantee::regrole::text, relname || '.' || attname, privilege_type
      FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid, aclexplode(attacl)
      WHERE relnamespace = 'followup'::regnamespace AND grantee <> relowner
    UNION SELECT grantee::regrole::text, '', privilege_type FROM pg_namespace, aclexplode(nspacl)
      WHERE nspname = 'followup' AND grantee <> nspowner
    ORDER BY 1, 2, 3"""
"""Who beside the owner may do what: a table, one of its columns, or the schema (empty); everybody is `-`."""
WITHOUT_ROW_SECURITY = """SELECT relname FROM pg_class WHERE relnamespace = 'followup'::regnamespace
    AND relname IN ('meta', 'commitments', 'events', 'changes') AND NOT relrowsecurity ORDER BY 1"""
POLICIES = """SELECT tablename::text, policyname::text, cmd, coalesce(with_check, '') FROM pg_policies
    WHERE schemaname = 'followup' ORDER BY 1, 2"""
COMMITMENT_COLUMNS_RIGHT = """UPDATE followup.commitments SET state = new.state, head = new.head
    FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS new (number, state, head)
    WHERE commitments.number = new.number"""
EVENT_COLUMNS_RIGHT = """UPDATE followup.events SET subject = new.subject, number = new.number,
      is_note = new.is_note, is_turn = new.is_turn
    FROM unnest(%s::bigint[], %s::text[], %s::bigint[], %s::boolean[], %s::boolean[])
    AS new (seq, subject, number, is_note, is_turn) WHERE events.seq = new.seq"""
NEXT_EVENT = "UPDATE followup.meta SET next = %s WHERE one = 1"

VERSION = "SELECT version()"
CLOCK = "SELECT CAST(extract(epoch FROM now()) AS float8)"
SETTINGS = """SELECT name, setting FROM pg_settings
    WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit', 'synchronous_standby_names') ORDER BY 1"""
OWN_SETTINGS = """SELECT coalesce(rolname::text, ''), given
    FROM pg_db_role_setting LEFT JOIN pg_roles ON pg_roles.oid = setrole, unnest(setconfig) AS given
    WHERE setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
      AND given LIKE 'synchronous_commit=%' ORDER BY 1, 2"""
"""Roles (empty: everybody in this database) with settings of their own."""
STANDBYS = "SELECT count(*) FROM pg_stat_replication"
IN_RECOVERY = "SELECT pg_is_in_recovery()"
ISOLATION = """SELECT current_setting('transaction_isolation'),
    current_setting('yb_effective_transaction_isolation_level', true)"""
"""What the server makes of the level that a transaction asked for: YugabyteDB says it in a setting of its own."""
