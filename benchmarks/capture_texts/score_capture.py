#!/usr/bin/env python3
# mypy: ignore-errors
"""Scores proposed commitments against the labels.

    python3 score_capture.py TEXTS PROPOSALS     TEXTS is rebuild.py's output folder (or any folder with *.txt and labels.jsonl)
    python3 score_capture.py TEXTS --baseline    what a plain list of cue words reaches, on sentences of a plain splitter
    ... --documents                              a line for each document too
    ... --family a,b,c                           only these documents

PROPOSALS: JSON lines {"doc": "...", "quote": "..."} or {"doc", "start", "end"}, and where the program says so "score" (higher is surer),
"due", "due_precision". In the order of the program's own list where there is no score.

A proposal belongs to the label it covers most of; it hits it when the two share at least half of the shorter, and the label is at least a
third of the proposal (a whole paragraph or page hits nothing). One proposal hits one label. Labels: commitment, negative, doubtful
(counts neither way). Commitments that repeat an earlier one (`repeats_start`) are one: found in any place, all are found; a second
proposal for one commitment is a repeat, read by the person but not false.
  precision   hits / (hits + false); false: on a negative, or on text that has no label. (`easy` is the measure used until now: labelled
              sentences alone, which leaves out the text that was too close to call or too plain to label.)
  lines read  all proposals, repeats and doubtful too, for each commitment found
  recall      commitments found, once for each promise (repeats are one)
  at 1x, 2x   recall when only the first n (2n) proposals of a document are read, n its number of commitments; `precision at n`
"""
import argparse, collections, json, re, sys
from pathlib import Path

CUES = re.compile(r"\b(will|agreed to|committed? to|pledges?d?|decided to|intends?|plans? to|planned|Action)\b"
                  r"|договорил|обязал|обязует|поруч|направит|предостав|намерен|готовност", re.I)


def squash(t):
    out, pos = [], []
    for i, ch in enumerate(t):
        if ch.isspace():
            if out and out[-1] == " ":
                continue
            ch = " "
        out.append(ch)
        pos.append(i)
    return "".join(out), pos


def plain_sentences(t):
    for m in re.finditer(r"(?:(?!\n\s*\n|\n\s*[-*•]|\n\s*\d+[.)]\s)[\s\S])+?(?:[.!?](?=\s+[A-ZА-Я\"“«(*-]|\s*$)|(?=\n\s*\n|\n\s*[-*•]|\n\s*\d+[.)]\s)|\Z)", t):
        if m.group().strip():
            yield m.start() + len(m.group()) - len(m.group().lstrip()), m.end()


def overlap(a, b, c, d):
    return min(b, d) - max(a, c)


def find_label(labels, s, e):
    best = max(labels, key=lambda r: overlap(s, e, r["start"], r["end"]), default=None)
    if best is None:
        return None
    ov, n = overlap(s, e, best["start"], best["end"]), best["end"] - best["start"]
    return best if ov * 2 >= min(e - s, n) > 0 and n * 3 >= e - s else None


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("texts")
    ap.add_argument("proposals", nargs="?")
    ap.add_argument("--baseline", action="store_true")
    ap.add_argument("--documents", action="store_true")
    ap.add_argument("--family")
    a = ap.parse_args()
    labels = [json.loads(x) for x in open(Path(a.texts) / "labels.jsonl", encoding="utf-8")]
    texts = {p.stem: p.read_text(encoding="utf-8") for p in sorted(Path(a.texts).glob("*.txt"))}
    if a.family:
        texts = {d: t for d, t in texts.items() if d in a.family.split(",")}
    by = collections.defaultdict(list)
    for r in labels:
        if r.get("type", "label") == "label":
            by[r["doc"]].append(r)
    props = collections.defaultdict(list)
    if a.baseline:
        for d, t in texts.items():
            props[d] = [(s, e, {}) for s, e in plain_sentences(t) if CUES.search(t[s:e])]
    else:
        for line in open(a.proposals, encoding="utf-8"):
            p = json.loads(line)
            if p["doc"] not in texts:
                continue
            if "start" in p:
                props[p["doc"]].append((p["start"], p["end"], p))
                continue
            flat, pos = squash(texts[p["doc"]])
            q = squash(p["quote"])[0].strip()
            i = flat.find(q)
            if i < 0:
                print(f"not in the text: {p['doc']}: {q[:80]!r}", file=sys.stderr)
                props[p["doc"]].append((-1, -1, p))
            else:
                props[p["doc"]].append((pos[i], pos[i + len(q) - 1] + 1, p))
    tot, easy, due, docs, empty, firm = collections.Counter(), collections.Counter(), collections.Counter(), [], [], collections.Counter()
    for d in texts:
        com = {r["start"]: r for r in by[d] if r["label"] == "commitment"}
        root = {s: r.get("repeats_start", s) for s, r in com.items()}
        need = set(root.values())
        strong = {root[s] for s, r in com.items() if r["strength"] == "firm"}
        ranked = sorted(enumerate(props[d]), key=lambda x: (-x[1][2].get("score", 0), x[0]))
        found, kinds, at = set(), [], {}
        for _, (s, e, p) in ranked:
            r = find_label(by[d], s, e)
            if r is None or r["label"] == "negative":
                kinds.append("false")
                easy["fp"] += r is not None
            elif r["label"] == "doubtful":
                kinds.append("doubtful")
            else:
                key = root[r["start"]]
                kinds.append("repeat" if key in found else "hit")
                if key not in found and "due" in p and not r.get("due_contested"):
                    due["right" if p["due"] == r["due"] else "invented" if r["due"] is None else "left empty" if not p["due"] else "wrong"] += 1
                found.add(key)
        n, seen = len(need), 0
        for i, k in enumerate(kinds, 1):
            seen += k == "hit"
            if i <= n:
                at["1x"] = seen
            if i <= 2 * n:
                at["2x"] = seen
        c = collections.Counter(kinds)
        row = dict(doc=d, n=n, read=len(kinds), hit=len(found), false=c["false"], doubtful=c["doubtful"], repeat=c["repeat"], at1=at.get("1x", 0), at2=at.get("2x", 0))
        tot.update({k: v for k, v in row.items() if k != "doc"})
        easy["tp"] += len(found)
        firm.update(firm=len(strong), firm_hit=len(strong & found), soft=len(need - strong), soft_hit=len((need - strong) & found))
        (docs if n else empty).append(row)
    pr = lambda r: r["hit"] / (r["hit"] + r["false"]) if r["hit"] + r["false"] else 0.0
    rc = lambda r: r["hit"] / r["n"] if r["n"] else 0.0
    f1 = lambda p, r: 2 * p * r / (p + r) if p + r else 0.0
    q = lambda x, y: x / y if y else 0.0
    if a.documents:
        for r in docs + empty:
            print(f"{r['doc'][:30]:30} n {r['n']:3} read {r['read']:3} hit {r['hit']:3} false {r['false']:2} doubtful {r['doubtful']:2} repeat {r['repeat']:2}  P {pr(r):.2f} R {rc(r):.2f}")
    P, R = pr(tot), rc(tot)
    print(f"pooled: precision {P:.2f}, recall {R:.2f}, F1 {f1(P, R):.2f} of {tot['n']} promises (firm {q(firm['firm_hit'], firm['firm']):.2f}, soft {q(firm['soft_hit'], firm['soft']):.2f}); "
          f"lines read for each found {q(tot['read'], tot['hit']):.2f}; easy precision {q(easy['tp'], easy['tp'] + easy['fp']):.2f}")
    m = len(docs) or 1
    P, R = sum(map(pr, docs)) / m, sum(map(rc, docs)) / m
    print(f"mean of {len(docs)} documents: precision {P:.2f}, recall {R:.2f}, F1 {sum(f1(pr(r), rc(r)) for r in docs) / m:.2f}; "
          f"silent on {sum(not r['read'] for r in empty)} of {len(empty)} without a commitment ({sum(r['read'] for r in empty)} lines there)")
    print(f"ranked: precision at n {q(tot['at1'], sum(min(r['n'], r['read']) for r in docs)):.2f}, recall at 1x {q(tot['at1'], tot['n']):.2f}, at 2x {q(tot['at2'], tot['n']):.2f}")
    if due:
        print("due dates of the hits:", dict(due))


if __name__ == "__main__":
    main()
