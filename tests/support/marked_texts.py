"""Texts with the promises in them marked, and what capture proposes of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store.capture.promises.confidence_bands import Confidence
from store.capture.proposals.propose_commitments import propose
from store.capture.readers.source_text import SourceText
from store.rules.party_names import Directory

if TYPE_CHECKING:
    from store.capture.proposals.propose_commitments import Proposal

TEXTS = Path(__file__).parents[2] / "benchmarks" / "capture_texts"

GIVEN, OWN = "given", "own"

_STRENGTHS = {"F": "firm", "S": "soft"}
_MARK = re.compile(r"\{\{(\w)((?:\|\w+=[^|]*)*)\|(.*?)\}\}", re.DOTALL)


@dataclass(frozen=True)
class MarkedText:
    """A text, the document line that describes it, and the lines of its marks."""

    name: str
    text: str
    document: dict[str, Any]
    labels: list[dict[str, Any]]

    @property
    def visit(self) -> dict[str, Any] | None:
        """The visit that the text belongs to, where its parties are said."""
        if not self.document.get("hosts"):
            return None
        delegation = ", ".join(self.document["delegation"])
        return {
            "slug": "visit",
            "hosts": self.document["hosts"],
            "delegation": delegation,
            "end": self.document["date"],
        }

    def proposals(self) -> list[Proposal]:
        """What is proposed of it, above the line."""
        parties: Any = {
            number: {"id": number, "name": each["name"], "aliases": each["aliases"]}
            for number, each in enumerate(self.document.get("parties") or [], 1)
        }
        visit: Any = self.visit
        found = propose(SourceText(self.name, self.text), Directory(parties), visit, self.document["date"])
        return [each for each in found if each.band != Confidence.UNLIKELY]


def marked_texts(which: str) -> list[MarkedText]:
    """The texts of a folder, GIVEN or OWN."""
    return list(_given() if which == GIVEN else map(_own, sorted((TEXTS / OWN).glob("*.marked"))))


def _given() -> Iterator[MarkedText]:
    rows = [json.loads(line) for line in (TEXTS / GIVEN / "labels.jsonl").read_text(encoding="utf-8").splitlines()]
    for document in rows:
        if document["type"] == "document":
            text = (TEXTS / GIVEN / f"{document['doc']}.txt").read_text(encoding="utf-8")
            labels = [row for row in rows if row["type"] == "label" and row["doc"] == document["doc"]]
            yield MarkedText(document["doc"], text, document, labels)


def _own(path: Path) -> MarkedText:
    marked = path.read_text(encoding="utf-8")
    said: dict[str, str] = {}
    while head := re.match(r"# (\w+): (.*)\n", marked):
        said[head[1]] = head[2].strip()
        marked = marked[head.end() :]
    document = {
        **{key: said[key] for key in ("lang", "date", "genre")},
        "type": "document",
        "doc": path.stem,
        "parties": [_party(each) for each in said["parties"].split(";")],
        "hosts": _names(said["hosts"], ";"),
        "delegation": _names(said["delegation"], ";"),
    }
    text, at, labels = "", 0, []
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        fields = dict(field.split("=", 1) for field in mark[2].strip("|").split("|"))
        labels.append(
            {
                "type": "label",
                "doc": path.stem,
                "label": "commitment",
                "start": len(text),
                "end": len(text) + len(mark[3]),
                "strength": _STRENGTHS[mark[1]],
                "by": _names(fields["by"], ","),
                "to": _names(fields["to"], ","),
                "kind_any": fields["kind"].split("/"),
                "due": fields["due"] or None,
            }
        )
        text += mark[3]
        at = mark.end()
    return MarkedText(path.stem, text + marked[at:], document, labels)


def _names(text: str, separator: str) -> list[str]:
    return [name.strip() for name in text.split(separator) if name.strip()]


def _party(text: str) -> dict[str, Any]:
    name, _, aliases = text.strip().rstrip(")").partition(" (")
    return {"name": name, "aliases": _names(aliases, ",")}
