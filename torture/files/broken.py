"""Builds that take a bad file for a store, or find no way back: each is to be caught by the part `files`."""

from torture.broken import Breakage

TWINS_TAKEN = Breakage(
    "twins-taken",
    "the strict reader takes a key that stands twice in one object",
    ("store/file/strict_reader.py", "if len(record) != len(pairs):", "if False:"),
)
NO_VALIDATION = Breakage(
    "no-validation",
    "the records of a file that another program wrote are not checked",
    (
        "store/file/strict_reader.py",
        "        check_records(name, rows)\n    check_references",
        "        pass\n    check_references",
    ),
)
EMPTY_IS_NEW = Breakage(
    "empty-is-new",
    "an empty file is taken for a new store, and written over",
    (
        "store/file/strict_reader.py",
        'raise StoreDamaged(f"the file is empty ({len(raw)} bytes)")',
        'meta = {"format": "followup", "schema": 1, "revision": 1, "settings": {}}\n'
        '        meta["next"] = dict.fromkeys(TABLES, 1)\n'
        '        return {"_meta": {"1": meta}, **{name: {} for name in TABLES}}',
    ),
)
NO_CHECKSUM = Breakage(
    "no-checksum",
    "a file in our lines is trusted whatever its sum",
    (
        "store/file/layout.py",
        'if spans is None or line[place_of_sum:] != b"%08x%s" % (sum_of_all, META_ENDS):',
        "if spans is None:",
    ),
)
NO_WAY_OUT = Breakage(
    "no-way-out",
    "a damaged store is refused without the newest good copy",
    ("store/file/file_store.py", "it was left as it is. {self._way_out()}", "it was left as it is"),
)
OLDEST_BACK = Breakage(
    "oldest-back",
    "a restore brings the oldest copy back",
    ("store/maintenance/backup.py", "newest = copies.newest_good()", "newest = copies.all()[-1]"),
)
DOCTOR_BLIND = Breakage(
    "doctor-blind",
    "doctor passes over what a killed writer left",
    ("store/maintenance/doctor.py", "if not _is_being_written(name)]", "if False]"),
)
REPAIR_LOSES = Breakage(
    "repair-loses",
    "doctor --repair takes a field of the record with what it mends",
    (
        "store/maintenance/doctor.py",
        "fields = {name: told.get(name) for name in SUMMED}",
        'fields = {"agreed_on": None, **{name: told.get(name) for name in SUMMED}}',
    ),
)
