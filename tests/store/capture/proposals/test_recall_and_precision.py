"""What is found in the marked texts does not become less: recall, precision, who promised, the day."""

from collections import Counter

import pytest

from tests.support.marked_texts import GIVEN, OWN, MarkedText, marked_texts


def _found(text: MarkedText) -> Counter[str]:
    """Promises found, all promises, lines that are none; parties and days that are right and wrong."""
    counted: Counter[str] = Counter()
    promises = {each["start"]: each for each in text.labels if each["label"] == "commitment"}
    hits = set()
    for each in text.proposals():
        place = each.places[0]
        over = max(text.labels, key=lambda label: min(place.end, label["end"]) - max(place.start, label["start"]))
        is_over = min(place.end, over["end"]) - max(place.start, over["start"]) > 0
        if not is_over or over["label"] == "negative":
            counted["false"] += 1
        elif over["label"] == "commitment":
            hits.add(over.get("repeats_start", over["start"]))
            if "by" in over:
                counted["by"] += 1
                counted["wrong by"] += not set(each.by) <= set(over["by"])
            counted["days"] += 1
            counted["wrong days"] += each.due not in (None, over["due"])
    counted["found"] = len(hits)
    counted["promises"] = len({each.get("repeats_start", start) for start, each in promises.items()})
    return counted


@pytest.mark.parametrize(("which", "least"), [(GIVEN, 0.97), (OWN, 0.95)])
def test_figures_of_the_marked_texts(which: str, least: float) -> None:
    total: Counter[str] = Counter()
    for text in marked_texts(which):
        total += _found(text)
    assert total["found"] >= least * total["promises"], total
    assert total["false"] <= 0.05 * total["found"], total
    assert total["wrong by"] <= 0.03 * total["by"], total
    assert total["wrong days"] <= 0.05 * total["days"], total
