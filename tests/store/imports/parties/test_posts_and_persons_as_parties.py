"""What a list has in the place of an institution and is none is asked about; who helps is told from who promises."""

import pytest
from openpyxl import Workbook

from store.database import Database
from tests.store.imports.conftest import Importing
from tests.support.check_answers_and_refusals import unchanged
from tests.support.office_lists import saved, workbook
from tests.support.store_builders import record

HEADINGS = ["Action", "By", "To"]


@pytest.mark.parametrize(
    ("cell", "fragment"),
    [
        ("Director General", "is a post, or any institution of its kind"),
        ("Focal point", "is a post, or any institution of its kind"),
        ("Deputy Minister of Justice", "is a post, or any institution of its kind"),
        ("the Ministry", "is a post, or any institution of its kind"),
        ("Host country", "is a post, or any institution of its kind"),
        ("All participating States", "is a post, or any institution of its kind"),
        ("Руководитель отдела", "is a post, or any institution of its kind"),
        ("Принимающая сторона", "is a post, or any institution of its kind"),
        ("Directeur général", "is a post, or any institution of its kind"),
        ("autoridades competentes", "is a post, or any institution of its kind"),
        ("Lola", "looks like a person"),
        ("LOLA SAMPLE", "looks like a person"),
        ("UNODC - Lola Sample", 'seems to name a person beside "UNODC"'),
        ("MIA/Obraztsova", 'seems to name a person beside "MIA"'),
        ("UNODC Obraztsov", 'seems to name a person beside "UNODC"'),
        ("Минюст РТ (Образцов)", 'seems to name a person beside "Минюст РТ"'),
        ("UNОDC", 'has letters of another alphabet, which look the same: did you mean "UNODC"?'),
        ("МВД Pоссии", 'has letters of another alphabet, which look the same: did you mean "МВД России"?'),
        ("by:UNODC", 'says what it is with a label: did you mean "UNODC"?'),
        ("UNODC?", 'has a question mark behind it: is it "UNODC"?'),
        ("The Secretary-General", "is a post, or any institution of its kind"),
        ("Board Chair", "is a post, or any institution of its kind"),
        ("DG", "is a post, or any institution of its kind"),
        ("Focal points", "is a post, or any institution of its kind"),
        ("NGOs", "names no institution"),
        ("vacant", "names no institution"),
        ("yes", "names no institution"),
        ("What UNODC will do for INL", "names no institution"),
        ("Что обязуется сделать УНП", "names no institution"),
        ("osample", "looks like a person"),
        ("Lola (2)", "looks like a person"),
        ("PNUD et UNICEF", "may be 2 parties"),
        ("PNUD/UNICEF", "may be 2 parties"),
        ("UNODC through OSCE", "may be 2 parties"),
        ("Ministère de la Justice et Ministère de l'Intérieur", "may be 2 parties"),
        ("Ministerio de Justicia y Ministerio del Interior", "may be 2 parties"),
        ("Bureau de Dakar, Bureau d'Abidjan", "may be 2 parties"),
        ("Министерство юстиции, Министерство внутренних дел", "may be 2 parties"),
        ("Минюст и МВД", "may be 2 parties"),
        ("Finance Unit/HR Unit", "may be 2 parties"),
    ],
)
def test_what_is_no_institution_is_asked_about(lyon: Database, take: Importing, cell: str, fragment: str) -> None:
    with unchanged(lyon.path):
        refused = take([HEADINGS, ["Send it", cell, "INL"]])
    assert f'"{cell}" {fragment}' in refused.err
    assert take([HEADINGS, ["Send it", cell, "INL"]], "--new-party", cell).code == 0
    assert record(lyon, 1)["by"] == [cell]


@pytest.mark.parametrize(
    ("cell", "institution"),
    [
        *((f"WIPO{between}", "WIPO") for between in (
            " - Sample L.", " – L. Sample", "-Sample L.", " (Sample L.)", " [L.-P. Sample]", ": Lola Sample",
            ", Ms Sample", " Sample L.",
            " (Sample L., Muster O.)", " / Sample L. and Muster O.", ", sample@example.org", " - Head of Division")),
        *((f"{person}MoJ Malta", "MoJ Malta") for person in ("Sample L., ", "L. Sample - ", "Lola Sample / ")),
        *((f"МВД Армении{between}", "МВД Армении") for between in (
            " – Образцян В.Г.", " (В.Г. Образцян)", ": отв. Образцян В. Г.", ", г-н Образцян", " (т. Образцян)",
            " Образцяна В.Г. и Примерова П.", "—ОБРАЗЦЯН В.Г.", " (Образцян)", " - начальник управления")),
        ("Минюст Армении – Образцян А.", "Минюст Армении"),
        ("Образцян В.Г. (Генпрокуратура)", "Генпрокуратура"),
        ("Toolbox - Sample L.", "Toolbox"),
    ],
)  # fmt: skip
def test_a_person_beside_an_institution_is_asked_about_and_the_institution_is_the_first_answer(
    lyon: Database, take: Importing, cell: str, institution: str
) -> None:
    rows = [HEADINGS, ["Send it", cell, "INL"]]
    with unchanged(lyon.path):
        refused = take(rows)
    assert f'"{cell}" seems to name a person beside "{institution}"' in refused.err
    asked = refused.err.partition("officers' names have no field (")[2]
    assert asked.startswith("--value "), asked
    assert f"by:{cell}={institution}" in asked.partition(", --value")[0]
    assert take(rows, "--value", f"by:{cell}={institution}").code == 0
    assert record(lyon, 1)["by"] == [institution]


@pytest.mark.parametrize(
    "cell", ["Образцов О.О., Примеров П.П.", "Sample L. and Muster O.", "Sample, Lola", "WIPO: Sample L."]
)
def test_persons_are_no_parties_though_all_new_names_are_taken(lyon: Database, take: Importing, cell: str) -> None:
    with unchanged(lyon.path):
        assert "officers' names have no field" in take([HEADINGS, ["Send it", cell, "INL"]], "--new-parties").err


@pytest.mark.parametrize(
    "name",
    ["Минюст Кыргызстана", "Минфин Казахстана", "Минздрав Узбекистана", "Погранслужба Киргизии", "Госкомитет",
     "Нацбанк Грузии", "УНП ООН - Алматы", "УНП ООН - Центральная Азия", "МВД (г. Нижний Новгород)", "WIPO (Vienna)",
     "WIPO - New York", "ICC - The Hague", "WIPO Washington D.C.", "Академия им. О.О. Образцова",
     "L. Sample Foundation", "MoJ Malta – Legal Department", "МВД Р.Ф.",
     "Минюст Армении (управление правовой помощи)", "WIPO: Regional Office in Astana", "U.S. Embassy - Malta",
     "Secretariat", "Head Office", "Europol", "MIA (Uzbekistan)", "State Department", "Prosecutor General's Office",
     "Генеральная прокуратура", "Совет безопасности", "UNODC Tashkent", "Ministère de la justice"],
)  # fmt: skip
def test_names_of_institutions_are_taken(lyon: Database, take: Importing, name: str) -> None:
    assert take([HEADINGS, ["Send it", name, "INL"]]).code == 0
    assert record(lyon, 1)["by"] == [name]


@pytest.mark.parametrize(
    "cell",
    [
        *("UNODC (lead), OSCE (support)", "UNODC; OSCE (support)", "UNODC (головной) и OSCE (соисполнитель)"),
        *("Lead: UNODC; Support: OSCE", "UNODC – lead; OSCE – support", "UNODC (lead); OSCE (support)"),
    ],
)
def test_who_helps_is_told_from_who_promises(lyon: Database, take: Importing, cell: str) -> None:
    result = take([HEADINGS, ["Send it", cell, "INL"]])
    assert result.code == 0, result
    assert f'"{cell}": OSCE (support)' in result.err
    assert (record(lyon, 1)["by"], record(lyon, 1)["support"]) == (["UNODC"], ["OSCE"])
    assert "1 as it is" in take([HEADINGS, ["Send it", cell, "INL"]]).out


BROKEN = [["Mesure", "Responsable", "Bénéficiaire"], ["Envoyer le modèle", "Ministère de la santé", "INL"]]
IN_RUSSIAN = [["Мероприятие", "Ответственный", "Кому"], ["Направить список", "Министерство здравоохранения", "INL"]]


@pytest.mark.parametrize(("rows", "encoding"), [(BROKEN, "cp1252"), (IN_RUSSIAN, "cp1251")])
@pytest.mark.parametrize("is_workbook", [False, True])
def test_letters_that_a_program_broke_are_mended_and_told(
    lyon: Database, take: Importing, rows: list[list[str]], encoding: str, is_workbook: bool
) -> None:
    def broken(text: str) -> str:
        return "".join(bytes([each]).decode(encoding, "replace").replace("\ufffd", chr(each)) for each in text.encode())

    cells = [[broken(cell) for cell in row] for row in rows]
    book: Workbook = workbook(cells)
    result = take(saved(book), name="a.xlsx") if is_workbook else take(cells)
    assert result.code == 0, result
    assert "another program broke the letters of it" in result.err
    assert (record(lyon, 1)["title"], record(lyon, 1)["by"]) == (rows[1][0], [rows[1][1]])


def test_whole_letters_are_left_alone(lyon: Database, take: Importing) -> None:
    result = take([HEADINGS, ["Répondre à “SÃO JOÃO” №7", "Comissão nacional", "INL"]])
    assert "broke the letters" not in result.err
    assert record(lyon, 1)["by"] == ["Comissão nacional"]


@pytest.mark.parametrize("is_turned", [False, True])
@pytest.mark.parametrize(
    "names",
    [
        ("WIPO - Malta", "WIPO"),
        ("МВД Мальты - Валлетта", "МВД Мальты - Гозо", "МВД Мальты"),
        ("Police Academy", "Police"),
    ],
)
def test_new_names_of_one_list_stay_apart_whatever_their_order(
    lyon: Database, take: Importing, names: tuple[str, ...], is_turned: bool
) -> None:
    names = names[::-1] if is_turned else names
    result = take([HEADINGS, *([f"Send it {name}", name, "INL"] for name in names)])
    assert result.code == 0, result
    assert [record(lyon, number)["by"] for number in range(1, len(names) + 1)] == [[name] for name in names]
    assert f"{len(names)} as they are" in take([HEADINGS, *([f"Send it {name}", name, "INL"] for name in names)]).out


@pytest.mark.parametrize(
    "name",
    [
        *("M. Ébène", "É. Sample", "Sample É.", "Š. Muster", "Sr. Muestra", "Sra. Muestra", "Srta. Muestra"),
        *(
            "Consultant L. Sample",
            "D. Juan Muestra",
            "Dña. Muestra",
            "H.E. Amb. Sample",
            "S.E. M. Exemple",
            "Ї. Зразок",
        ),
    ],
)
def test_a_person_is_told_in_any_letters_with_new_parties_too(lyon: Database, take: Importing, name: str) -> None:
    for options in ((), ("--new-parties",)):
        with unchanged(lyon.path):
            assert f'"{name}" looks like a person' in take([HEADINGS, ["Send it", name, "INL"]], *options).err


@pytest.mark.parametrize(
    "name",
    [
        *("Ministère de la Justice et de l'Intérieur", "Department of Peace and Security", "Trinidad and Tobago"),
        *("Ministry of Finance and Economy", "UN Women", "U.S. Embassy", "Save the Children"),
    ],
)
def test_one_institution_is_no_person_and_not_two(lyon: Database, take: Importing, name: str) -> None:
    assert take([HEADINGS, ["Send it", name, "INL"]]).code == 0
    assert record(lyon, 1)["by"] == [name]
