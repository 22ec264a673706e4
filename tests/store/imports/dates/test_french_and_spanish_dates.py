"""Dates that French and Spanish offices write in words are read in a list, and refused as English ones are."""

import pytest

from store.database import Database
from tests.store.imports.conftest import Importing
from tests.store.imports.rows.test_cell_values import HEADINGS, row
from tests.support.check_answers_and_refusals import unchanged
from tests.support.store_builders import record


@pytest.mark.parametrize(
    ("written", "day", "precision"),
    [
        ("31 mars 2023", "2023-03-31", "day"),
        ("1er mars 2023", "2023-03-01", "day"),
        ("le 20 déc. 2023", "2023-12-20", "day"),
        ("vendredi 31 mars 2023", "2023-03-31", "day"),
        ("31-août-2023", "2023-08-31", "day"),
        ("au plus tard le 30 juin 2023", "2023-06-30", "day"),
        ("30 juin 2023 au plus tard", "2023-06-30", "day"),
        ("fin juin 2023", "2023-06-30", "month"),
        ("d'ici la fin du mois d’août 2023", "2023-08-31", "month"),
        ("avant fin juin 2023", "2023-06-30", "month"),
        ("1er trimestre 2023", "2023-03-31", "quarter"),
        ("T3 2023", "2023-09-30", "quarter"),
        ("deuxième semestre 2023", "2023-12-31", "half"),
        ("été 2023", "2023-08-31", "season"),
        ("fin 2023", "2023-12-31", "year"),
        ("31 de marzo de 2023", "2023-03-31", "day"),
        ("31 de marzo del 2023", "2023-03-31", "day"),
        ("1.º de mayo de 2023", "2023-05-01", "day"),
        ("viernes, 31 de marzo de 2023", "2023-03-31", "day"),
        ("15 ago 2023", "2023-08-15", "day"),
        ("5 de sep. de 2023", "2023-09-05", "day"),
        ("a más tardar el 15 de mayo de 2023", "2023-05-15", "day"),
        ("finales de junio de 2023", "2023-06-30", "month"),
        ("3.er trimestre de 2023", "2023-09-30", "quarter"),
        ("segundo semestre de 2023", "2023-12-31", "half"),
        ("otoño de 2023", "2023-11-30", "season"),
    ],
)
def test_a_date_in_words_is_the_day_that_it_means(
    lyon: Database, take: Importing, written: str, day: str, precision: str
) -> None:
    assert take([HEADINGS, row(written)]).code == 0
    commitment = record(lyon, 1)
    assert (commitment["due"], commitment["due_precision"]) == (day, precision)
    says_more = precision != "day" or "tard" in written
    assert commitment.get("due_words") == (written if says_more else None)


@pytest.mark.parametrize("written", ["dès le 10 décembre 2026", "dès janvier 2027", "des le 10 decembre 2026"])
def test_a_day_from_which_is_no_deadline(lyon: Database, take: Importing, written: str) -> None:
    with unchanged(lyon.path):
        refused = take([HEADINGS, row(written)])
    assert f'--value "due:{written}=DATE"' in refused.err


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("31 mars", '"31 mars" has no year'),
        ("mi-juin 2023", '"mi-juin 2023" names no last day: write 15 June 2023 or end of June 2023'),
        ("avant le 3 mai 2023", '"avant le 3 mai 2023" does not say whether that day counts: write 3 May 2023'),
        ("antes del 31 de marzo de 2023", "does not say whether that day counts: write 31 March 2023"),
        ("30 février 2023", '"30 février 2023" is a day that does not exist, February 2023 has 28 days'),
        ("lundi 31 mars 2023", '"lundi 31 mars 2023" does not agree, 31 March 2023 is a Fri'),
        ("31 mars 2023 ou 30 juin 2023", "names more than one date"),
        ("entre mars et juin 2023", "names more than one date"),
        ("снято с контроля", '"снято с контроля" is not a date'),
        ("31 mars 23", "needs a year of four digits"),
        ("à voir", '"à voir" is not a date'),
        ("2 days ago", '"2 days ago" is another day each time that the list is read'),
    ],
)
def test_words_that_name_no_day_are_refused_as_they_were_written(
    lyon: Database, take: Importing, written: str, why: str
) -> None:
    with unchanged(lyon.path):
        ran = take([HEADINGS, row(written)])
    assert ran.code == 1
    assert why in ran.err


def test_a_column_of_such_dates_that_nobody_named_is_asked_about(lyon: Database, take: Importing) -> None:
    headings = ["Action", "By", "To", "Quand ?"]
    ran = take([headings, ["Send it", "UNODC", "INL", "31 mars 2023"], ["Sign it", "UNODC", "INL", "30 juin 2023"]])
    assert ran.code == 1
    assert "holds dates, and no column says until when" in ran.err
