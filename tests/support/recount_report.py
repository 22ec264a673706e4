"""Counts each figure of the first page of a report anew, from the JSON of `followup list --all --json` alone.

    followup list --all --json | python -m tests.support.recount_report 2023-01-01 2023-03-31 2023-03-01

It shares no code with the program: it knows what docs/rules.md says, and nothing else.
"""

from __future__ import annotations

import json
import sys
from calendar import monthrange
from datetime import date, timedelta
from typing import Any

Figures = dict[str, Any]

EXCUSED = ("superseded", "overtaken")


def was_agreed(each: Any) -> bool:
    """Whether it was ever agreed."""
    if each["state"] in ("agreed", "in-progress", "reported", "confirmed"):
        return True
    return bool(each["agreed_on"] or each["original_due"])


def done_day(each: Any) -> str | None:
    """The day it was done: reported, else confirmed; none for one that is neither now."""
    if each["state"] not in ("reported", "confirmed"):
        return None
    voice = each["reported"] or each["confirmed"]
    return str(voice["on"])


def is_excused(each: Any) -> bool:
    """Whether it was closed without being a miss."""
    closed = each["closed"]
    if each["state"] != "closed" or not closed:
        return False
    return closed["because"] in EXCUSED or (closed["because"] == "dropped" and is_consented(each))


def is_consented(each: Any) -> bool:
    """Whether somebody of the other side is named as agreeing to the closing."""
    return is_of_other_side(each, each["closed"]["agreed_by"])


def is_of_other_side(each: Any, name: str | None) -> bool:
    """Whether this is one to whom it was promised; to nobody: whether this is somebody who did not promise it."""
    return name in each["to"] if each["to"] else bool(name) and name not in each["by"]


def date_by(each: Any, which: str) -> str | None:
    """Its original or its current date."""
    found: str | None = each["due"] if which == "current" else each["original_due"] or each["due"]
    return found


def keeps(day: str, date: str) -> bool:
    """Whether what is done on a day keeps a date."""
    return day <= date


def on_time(all_of_them: Any, which: str, first: str, last: str, today: str) -> tuple[int, int]:
    """N of D."""
    kept = missed = 0
    for each in all_of_them:
        due, done = date_by(each, which), done_day(each)
        if not was_agreed(each) or is_excused(each) or due is None or not first <= due <= last:
            continue
        if done is not None:
            kept += keeps(done, due)
            missed += not keeps(done, due)
        elif each["state"] == "closed" or not keeps(today, due):
            missed += 1
    return kept, kept + missed


def of_period(all_of_them: Any, first: str, last: str, today: str) -> Figures:
    """The figures of one period."""

    def due_in(which: str) -> int:
        dates = [date_by(each, which) for each in all_of_them if was_agreed(each)]
        return sum(day is not None and first <= day <= last for day in dates)

    confirmed = [each for each in all_of_them if each["state"] == "confirmed"]
    done = [each for each in all_of_them if (day := done_day(each)) is not None and first <= day <= last]
    return {
        "due, original": due_in("original"),
        "due, current": due_in("current"),
        **{
            f"left out, {which}": due_in(which) - on_time(all_of_them, which, first, last, today)[1]
            for which in ("original", "current")
        },
        "done": len(done),
        "confirmed": sum(each["state"] == "confirmed" for each in done),
        "left out": left_out(all_of_them, first, last, today),
        **{f"in time, {which}": on_time(all_of_them, which, first, last, today) for which in ("original", "current")},
        **{
            f"confirmed in time, {which}": on_time(confirmed, which, first, last, today)[0]
            for which in ("original", "current")
        },
    }


def closed_late(all_of_them: Any, which: str, first: str, last: str) -> list[int]:
    """What was due and was superseded or overtaken after its date, with nobody of the other side named as agreeing."""
    found = []
    for each in all_of_them:
        due, closed = date_by(each, which), each["closed"]
        if not was_agreed(each) or due is None or not first <= due <= last or each["state"] != "closed" or not closed:
            continue
        if closed["because"] in EXCUSED and not is_consented(each) and not keeps(closed["on"], due):
            found.append(each["id"])
    return found


def left_out(all_of_them: Any, first: str, last: str, today: str) -> list[int]:
    """What was due by either date, was agreed, and is in neither part of its rate."""

    def is_out(each: Any, which: str) -> bool:
        due = date_by(each, which)
        if not was_agreed(each) or due is None or not first <= due <= last:
            return False
        return on_time([each], which, first, last, today)[1] == 0

    return [each["id"] for each in all_of_them if is_out(each, "original") or is_out(each, "current")]


def late_without_agreement(all_of_them: Any, first: str, last: str, today: str) -> list[int]:
    """What was done in time by its current date, but after the last date that is recorded as agreed by others."""
    found = []
    for each in all_of_them:
        day, is_recorded = each["original_due"], True
        for change in each["due_changes"]:
            if change["correction"]:
                day = change["new"] if is_recorded else day
            elif change["extension"] and not is_of_other_side(each, change["agreed_by"]):
                is_recorded = False
            else:
                is_recorded, day = True, change["new"]
        done = done_day(each)
        if on_time([each], "current", first, last, today) == (1, 1) and not is_recorded and day and str(done) > day:
            found.append(each["id"])
    return found


def without_reason(all_of_them: Any, first: str, last: str, today: str) -> tuple[int, list[int]]:
    """How many were missed by either date, and which of them have no reason: an extension has that of the original."""
    missed, found = 0, []
    for each in all_of_them:
        original, current = (on_time([each], which, first, last, today) == (0, 1) for which in ("original", "current"))
        if original or current:
            missed += 1
            is_extended = any(change["extension"] for change in each["due_changes"])
            if not each["miss_reason"] and (current or not is_extended):
                found.append(each["id"])
    return (missed, found) if found else (0, [])


def if_not_done(all_of_them: Any, first: str, last: str, today: str) -> list[tuple[int, int]]:
    """The rates by both dates, if what is `closed_late` counted as not done; empty where nothing is."""
    late = [closed_late(all_of_them, which, first, last) for which in ("original", "current")]
    if not any(late):
        return []
    rates = [on_time(all_of_them, which, first, last, today) for which in ("original", "current")]
    return [(kept, total + len(its)) for (kept, total), its in zip(rates, late, strict=True)]


def by_word_of_others(all_of_them: Any, first: str, last: str, today: str) -> list[int]:
    """What was in time by either date, and was reported or confirmed by nobody of either side."""
    found = []
    for each in all_of_them:
        is_in_time = any(on_time([each], which, first, last, today) == (1, 1) for which in ("original", "current"))
        for voice in (each["reported"], each["confirmed"]):
            if (
                is_in_time
                and voice
                and not any(name in each["by"] or is_of_other_side(each, name) for name in voice["said_by"])
            ):
                found.append(each["id"])
                break
    return found


def stands(each: Any) -> str:
    """Which of the six words it counts under."""
    if each["state"] == "closed":
        return "withdrawn" if is_excused(each) or not was_agreed(each) else "not-met"
    words = {"confirmed": "kept", "reported": "reported", "proposed": "proposed"}
    return words.get(each["state"], "in-work")


def period_before(first: str, last: str) -> tuple[str, str]:
    """The quarter before a quarter, else as many days before."""
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    before = start - timedelta(days=1)
    is_quarter = (
        start.day == 1
        and start.month % 3 == 1
        and (end.year, end.month, end.day) == (start.year, start.month + 2, monthrange(start.year, start.month + 2)[1])
    )
    if is_quarter:
        return date(before.year, before.month - 2, 1).isoformat(), before.isoformat()
    return (before - (end - start)).isoformat(), before.isoformat()


def recount(all_of_them: Any, first: str, last: str, today: str) -> Figures:
    """Every figure of the first page."""
    counts = [stands(each) for each in all_of_them]
    kept = [each for each in all_of_them if stands(each) == "kept"]
    seats = [each["seats"] or {} for each in all_of_them if each["seats"] or each["kind"] == "nominate-experts"]
    known = [its for its in seats if its.get("wanted") is not None]
    others = [its for its in seats if its.get("wanted") is None]
    return {
        "period": of_period(all_of_them, first, last, today),
        "before": of_period(all_of_them, *period_before(first, last), today),
        "late without agreement": late_without_agreement(all_of_them, first, last, today),
        "without reason": without_reason(all_of_them, first, last, today),
        "by the word of others": by_word_of_others(all_of_them, first, last, today),
        "if not done": if_not_done(all_of_them, first, last, today),
        **{
            f"numbers, {word}": [each["id"] for each in all_of_them if stands(each) == word]
            for word in ("not-met", "withdrawn")
        },
        "all": len(all_of_them),
        **{word: counts.count(word) for word in ("kept", "reported", "in-work", "proposed", "withdrawn", "not-met")},
        "kept late": sum(bool(each["due"]) and not keeps(str(done_day(each)), each["due"]) for each in kept),
        "late": sum(stands(each) == "in-work" and bool(each["due"]) and each["due"] < today for each in all_of_them),
        "seats": [sum(its.get(name) or 0 for its in known) for name in ("wanted", "nominated", "acknowledged")],
        "seats beside": [sum(its.get(name) or 0 for its in others) for name in ("nominated", "acknowledged")],
        "seats only proposed": sum(
            (each["seats"] or {}).get("wanted") or 0 for each in all_of_them if each["state"] == "proposed"
        ),
        "seats closed": sum(
            (each["seats"] or {}).get("wanted") or 0 for each in all_of_them if each["state"] == "closed"
        ),
        "nominations": len(seats),
        "seats unknown": sum(its.get("wanted") is None for its in seats),
    }


if __name__ == "__main__":
    print(json.dumps(recount(json.load(sys.stdin), *sys.argv[1:4]), indent=1))
