#!/usr/bin/env python3
# mypy: ignore-errors
"""Scores the fields of proposed commitments.

    python3 score_fields.py TEXTS FIELDS PROPOSALS [--errors]

TEXTS holds DOC.txt; FIELDS is capture_fields.jsonl (or a labels.jsonl whose commitments have by, to, kind, due).
PROPOSALS: JSON lines {"doc", "start", "end" or "quote", "by": [..], "to": [..], "kind": "..", "due": ISO or null,
"due_words": ".."}; a key that is left out is not scored. A document line of FIELDS says which parties, hosts and delegation a store
would know (names, aliases): give them to the program as the visit's before it reads the text.

For each labelled commitment the proposal that covers it (half of the shorter) is taken; one that was not found counts for nothing here
(score_capture.py counts it), unless --all: then its fields are empty.
  by, to      right: the same parties (names compared folded, without "the"); part: some right, none wrong; empty: left to the person;
              wrong: any party that is not there. `to_any` lists what is acceptable. `usable` = right + part.
  kind        one of `kind_any`
  due         right day or rightly none; left empty; wrong; invented. `due_contested` does not count.
  due words   overlap with the words marked, where any are marked
"""
import argparse, collections, json, re, sys
from pathlib import Path
from score_capture import overlap, squash

FOLD = lambda s: re.sub(r"^(the|a|an)\s+", "", re.sub(r"\s+", " ", s).strip().casefold())


def group(got, want):
    g, w = {FOLD(x) for x in got}, {FOLD(x) for x in want}
    if g == w:
        return "right"
    if not g:
        return "empty"
    return "part" if g < w else "wrong"


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("texts")
    ap.add_argument("fields")
    ap.add_argument("proposals")
    ap.add_argument("--errors", action="store_true")
    ap.add_argument("--all", action="store_true")
    a = ap.parse_args()
    names, want, texts = {}, collections.defaultdict(list), {}
    for line in open(a.fields, encoding="utf-8"):
        r = json.loads(line)
        if r["type"] == "document":
            names[r["doc"]] = {FOLD(n): p["name"] for p in r.get("parties", []) for n in [p["name"], *p["aliases"]]}
        elif "by" in r:
            want[r["doc"]].append(r)
    props = collections.defaultdict(list)
    for line in open(a.proposals, encoding="utf-8"):
        p = json.loads(line)
        if p["doc"] not in want:
            continue
        t = texts.setdefault(p["doc"], (Path(a.texts) / f"{p['doc']}.txt").read_text(encoding="utf-8"))
        if "start" not in p:
            flat, pos = squash(t)
            q = squash(p["quote"])[0].strip()
            i = flat.find(q)
            if i < 0:
                continue
            p["start"], p["end"] = pos[i], pos[i + len(q) - 1] + 1
        props[p["doc"]].append(p)
    c, n, missed = collections.defaultdict(collections.Counter), 0, 0
    for d, rows in want.items():
        t = texts.setdefault(d, (Path(a.texts) / f"{d}.txt").read_text(encoding="utf-8"))
        canon = lambda xs: [names.get(d, {}).get(FOLD(x), x) for x in xs]
        for r in rows:
            ok = [p for p in props[d] if overlap(p["start"], p["end"], r["start"], r["end"]) * 2 >= min(p["end"] - p["start"], r["end"] - r["start"]) > 0]
            if not ok and not a.all:
                missed += 1
                continue
            n += 1
            p = max(ok, key=lambda p: overlap(p["start"], p["end"], r["start"], r["end"])) if ok else {"by": [], "to": [], "kind": "", "due": None, "due_words": ""}
            res = {}
            if "by" in p:
                res["by"] = group(canon(p["by"]), canon(r["by"]))
                c["by, named"][res["by"]] += r.get("by_how") == "named"
            if "to" in p:
                opts = r.get("to_any") or [r["to"]]
                rank = ["right", "part", "empty", "wrong"]
                res["to"] = min((group(canon(p["to"]), canon(o)) for o in opts), key=rank.index)
            if "kind" in p:
                res["kind"] = "right" if p["kind"] in r.get("kind_any", [r.get("kind")]) else "wrong"
            if "due" in p and not r.get("due_contested"):
                res["due"] = ("right" if p["due"] == r["due"] else "invented" if r["due"] is None else "left empty" if not p["due"] else "wrong")
            if p.get("due_words") is not None and "due_start" in r:
                w = set(re.findall(r"\w+", t[r["due_start"]:r["due_end"]].casefold()))
                g = set(re.findall(r"\w+", (p["due_words"] or "").casefold()))
                res["due words"] = "right" if w and len(w & g) * 2 >= len(w) else "empty" if not g else "wrong"
            for k, v in res.items():
                c[k][v] += 1
                if a.errors and v not in ("right",):
                    print(f"{d} {r['start']} {k} {v}: got {p.get(k.replace(' ', '_'))!r} want {r.get(k, r.get(k + '_any'))!r} | {' '.join(t[r['start']:r['end']].split())[:150]}")
    print(f"{n} commitments scored, {missed} not found")
    for k, v in c.items():
        s = sum(v[x] for x in v)
        print(f"{k:10} " + ", ".join(f"{x} {v[x]} ({v[x] / s:.2f})" for x in ("right", "part", "empty", "left empty", "wrong", "invented") if v[x]))


if __name__ == "__main__":
    main()
