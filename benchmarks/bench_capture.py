"""Benchmarks of capture: how much of the marked texts it finds, and what a report of 30 pages and a note cost."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks.bench_commands import FOLLOWUP, Workshop, timed
from benchmarks.compare_with_goals import Compared, Measurement
from benchmarks.goals import CAPTURE_LONG, CAPTURE_SHORT, LEAST_RECALL, LEAST_RECALL_OF_OWN
from benchmarks.timing import Subject, run
from store import operations
from store.database import Database
from store.maintenance.create_store import make_private
from tests.support.fixed_day_and_user import StandingClock
from tests.support.marked_texts import GIVEN, OWN, TEXTS, MarkedText, marked_texts
from tests.support.synthetic_stores import TODAY

CHARACTERS, PARTIES = 75_000, 200
"""Of 30 pages, and of a large store."""


def _scored(workshop: Workshop, name: str, texts: Sequence[MarkedText], script: str, *more: str) -> str:
    """What a scorer prints of texts."""
    folder = workshop.folder / f"capture-{name}"
    folder.mkdir(exist_ok=True)
    lines = []
    for each in texts:
        (folder / f"{each.name}.txt").write_text(each.text, encoding="utf-8")
        for proposal in each.proposals():
            place = proposal.places[0]
            lines.append(
                {
                    "doc": each.name,
                    "start": place.start,
                    "end": place.end,
                    "score": proposal.score,
                    "by": list(proposal.by),
                    "to": list(proposal.to or (proposal.suggest_to if "--suggested" in more else ())),
                    "kind": proposal.kind,
                    "due": proposal.due,
                    "due_words": proposal.due_words,
                }
            )
    labels = folder / "labels.jsonl"
    labels.write_text("".join(json.dumps(row) + "\n" for each in texts for row in (each.document, *each.labels)))
    proposals = folder / "proposals.jsonl"
    proposals.write_text("".join(json.dumps(line) + "\n" for line in lines))
    files = [str(folder), str(labels), str(proposals)] if script == "score_fields.py" else [str(folder), str(proposals)]
    options = [each for each in more if each != "--suggested"]
    if "--baseline" in options:
        files = files[:1]
    command = [sys.executable, str(TEXTS / script), *files, *options]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def figures(workshop: Workshop) -> Iterator[Measurement]:
    """What capture finds in the marked texts, beside a plain list of cue words, which it has to beat."""
    given, own = marked_texts(GIVEN), marked_texts(OWN)
    for name, texts in (
        ("given", given),
        ("given, English", [each for each in given if each.document["lang"] == "en"]),
        ("given, Russian", [each for each in given if each.document["lang"] == "ru"]),
        ("own", own),
    ):
        plain = _scored(workshop, name, texts, "score_capture.py", "--baseline")
        found = _scored(workshop, name, texts, "score_capture.py", "--documents")
        print("\n".join(f"    {line}" for line in found.splitlines()))
        yield Measurement(f"{name}: cue words", _short(plain))
        recall = float(re.findall(r"recall ([\d.]+), F1", found)[0])
        least = LEAST_RECALL_OF_OWN if name == "own" else LEAST_RECALL
        yield Measurement(name, _short(found), Compared(f"recall {least:.2f}", recall >= least))
    for name, texts in (("given", given), ("own", own)):
        for line in _scored(workshop, name, texts, "score_fields.py").splitlines()[1:]:
            yield Measurement(f"{name}: {line.split('  ')[0]}", line.partition("  ")[2].strip()[:60])
        suggested = _scored(workshop, name, texts, "score_fields.py", "--suggested")
        to = next(line for line in suggested.splitlines() if line.startswith("to "))
        yield Measurement(f"{name}: to, suggested", to.partition("  ")[2].strip()[:60])


def _short(scored: str) -> str:
    pooled = next(line for line in scored.splitlines() if line.startswith("pooled"))
    lines = re.findall(r"for each found ([\d.]+)", pooled)[0]
    precision, recall = re.findall(r"precision ([\d.]+), recall ([\d.]+)", pooled)[0]
    return f"precision {precision}, recall {recall}, {lines} lines read"


def _store(path: Path) -> Path:
    """A store with many parties."""
    path.parent.mkdir(mode=0o700)
    database = Database(str(path), StandingClock(TODAY.isoformat()), "asel")
    make_private(database, {})
    subjects = ("Justice", "Internal Affairs", "Health", "Energy", "Trade")
    with database.transaction() as tx:
        operations.add_visit(tx, "Study visit", place="Lyon", start="2022-12-06", slug="lyon-2022")
        for number in range(PARTIES):
            name = f"Ministry of {subjects[number % len(subjects)]} of Country {number}"
            tx.add("parties", {"name": name, "short": f"M{number}", "ru": f"Министерство {number}"})
    return path


def speed(workshop: Workshop) -> Iterator[Measurement]:
    """A report of 30 pages and a note of one page, with 200 parties known, as JSON; reading includes its process."""
    store = _store(workshop.folder / "capture" / "commitments.json")
    english = [each.text for each in marked_texts(GIVEN) if each.document["lang"] == "en"]
    long, short = store.with_name("long.txt"), store.with_name("short.txt")
    long.write_text(("\n\n".join(english * 9))[:CHARACTERS], encoding="utf-8")
    short.write_text(english[0], encoding="utf-8")
    environment = workshop.environment(store)

    def reading(path: Path) -> Subject:
        command = [FOLLOWUP, "capture", str(path), "--dated", "2023-01-01", "--json"]
        return lambda: run(command, environment, is_quiet=True)

    floor, many, few = workshop.measured([reading(long), reading(short)])
    yield timed("F: python -I -c pass", floor)
    yield timed(f"{CHARACTERS:,} characters", many, CAPTURE_LONG)
    yield timed("a note", few, CAPTURE_SHORT)
    yield Measurement("peak of memory", f"{many.mebibytes:8.1f} MiB")


BENCHMARKS: dict[str, Callable[[Workshop], Iterator[Measurement]]] = {"capture": figures, "capture-speed": speed}
"""Name -> benchmark of capture."""
