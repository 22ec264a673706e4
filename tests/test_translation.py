"""What people read is given to be translated: in these modules no sentence stands outside of `tr` and its like.

A module is put into the list when it is done (docs/translating.md).
"""

from pathlib import Path

import pytest

import store
import tui
from tests.support.pseudo_language import unwrapped_literals

PROJECT = Path(store.__file__ or "").parent.parent

DONE = (
    "store/config.py",
    "store/did_you_mean.py",
    "store/errors.py",
    "store/foreign_files",
    "store/imports/apply.py",
    "store/imports/bad_rows_file.py",
    "store/imports/calendar_events.py",
    "store/imports/cell_errors.py",
    "store/imports/cell_values.py",
    "store/imports/child_list_reader.py",
    "store/imports/column_mapping.py",
    "store/imports/date_column_problems.py",
    "store/imports/day_or_month_first.py",
    "store/imports/detect_list_format.py",
    "store/imports/encoding.py",
    "store/imports/grid.py",
    "store/imports/grid_messages.py",
    "store/imports/kept_answers.py",
    "store/imports/matching.py",
    "store/imports/not_a_list.py",
    "store/imports/parse_answers.py",
    "store/imports/party_matcher.py",
    "store/imports/person_or_institution.py",
    "store/imports/question_choices.py",
    "store/imports/questions.py",
    "store/imports/read_csv.py",
    "store/imports/read_file.py",
    "store/imports/read_ics.py",
    "store/imports/read_json.py",
    "store/imports/read_options.py",
    "store/imports/read_xlsx.py",
    "store/imports/renumbering.py",
    "store/imports/row_errors.py",
    "store/imports/row_words.py",
    "store/imports/rows.py",
    "store/maintenance/backup.py",
    "store/maintenance/create_store.py",
    "store/maintenance/doctor.py",
    "store/maintenance/engines.py",
    "store/maintenance/examine_engine.py",
    "store/maintenance/examine_files.py",
    "store/maintenance/examine_records.py",
    "store/maintenance/examine_rights.py",
    "store/maintenance/examine_server.py",
    "store/maintenance/fault_or_invalid_store.py",
    "store/maintenance/finding.py",
    "store/maintenance/import_store.py",
    "store/maintenance/move.py",
    "store/maintenance/replaced_stores.py",
    "store/maintenance/restore.py",
    "store/maintenance/verify_history.py",
    "store/operations",
    "store/output_file.py",
    "store/query/fields.py",
    "store/query/parse_query.py",
    "store/query/terms.py",
    "store/query/unknown_names.py",
    "store/rules/dates/parse.py",
    "store/rules/dates/reference_date.py",
    "store/rules/dates/tokenizer.py",
    "store/rules/days.py",
    "store/rules/newer_version.py",
    "store/rules/numbering.py",
    "store/rules/party_names.py",
    "store/rules/set_aside.py",
    "store/rules/text_length.py",
    "store/rules/transitions.py",
    "store/rules/visit_slugs.py",
    "tui/app/forms",
    "tui/app/key_table.py",
    "tui/app/list_state.py",
    "tui/app/pages",
    "tui/app/pages/commitment_summary.py",
    "tui/app/pages/counts_and_views.py",
    "tui/app/pages/help_page.py",
    "tui/app/pages/key_parts.py",
    "tui/app/pages/list_lines.py",
    "tui/app/pages/now_lines.py",
    "tui/app/pages/palette_entries.py",
    "tui/app/pages/title_line.py",
    "tui/app/screens/form_screen.py",
    "tui/cli/arguments.py",
    "tui/cli/command_aliases.py",
    "tui/cli/command_table.py",
    "tui/cli/commands/batch.py",
    "tui/cli/commands/change.py",
    "tui/cli/commands/check.py",
    "tui/cli/commands/exports.py",
    "tui/cli/commands/history.py",
    "tui/cli/commands/imports.py",
    "tui/cli/commands/list.py",
    "tui/cli/commands/maintenance.py",
    "tui/cli/commands/python.py",
    "tui/cli/commands/reports.py",
    "tui/cli/commands/settings.py",
    "tui/cli/commands/show.py",
    "tui/cli/commands/show_visits_parties.py",
    "tui/cli/commands/status.py",
    "tui/cli/commands/undo_redact.py",
    "tui/cli/commands/verify.py",
    "tui/cli/commands/visits_parties.py",
    "tui/cli/completion.py",
    "tui/cli/help.py",
    "tui/cli/help_topics.py",
    "tui/cli/hints.py",
    "tui/cli/import_questions.py",
    "tui/cli/main.py",
    "tui/cli/output.py",
    "tui/cli/run_change.py",
    "tui/cli/stdin.py",
    "tui/cli/version.py",
    "tui/crash_report.py",
    "tui/interface_language.py",
    "tui/render/change_words.py",
    "tui/render/commitment_page.py",
    "tui/render/commitment_table.py",
    "tui/render/event_words.py",
    "tui/render/history_page.py",
    "tui/render/import_lines.py",
    "tui/render/labels.py",
    "tui/render/life_line.py",
    "tui/render/parties_page.py",
    "tui/render/party_words.py",
    "tui/render/shell_hints.py",
    "tui/render/status_page.py",
    "tui/render/undo_words.py",
    "tui/render/visits_page.py",
    "tui/session.py",
    "tui/stderr.py",
)
"""Modules, and folders with all modules in them, whose every sentence is translated."""

NO_SENTENCES: dict[str, set[str]] = {
    "store/foreign_files/limited_process.py": {"import sys; sys.path[:] = {path!r}; from {main} import main; main()"},
    "store/imports/not_a_list.py": {"PowerPoint Document"},
    "store/imports/parse_answers.py": {'FIELD:"WORD"=VALUE'},
    "store/imports/read_csv.py": {"end of data", "expected after", "field larger"},
    "store/imports/read_ics.py": {"RDATE:", "RDATE;", "RRULE:", "RRULE;", "X-WR-TIMEZONE:"},
    "store/imports/read_xlsx.py": {"# a formula without its value"},
    "store/imports/rows.py": {"grand total"},
    "store/maintenance/examine_engine.py": {" on ", "YugabyteDB ({})", "read committed"},
    "store/maintenance/examine_rights.py": {"GRANT {} TO {}", "REVOKE {} FROM {}"},
    "store/maintenance/import_store.py": {"revision {}"},
    "store/maintenance/move.py": {"from {}", "{} on {}"},
    "store/maintenance/restore.py": {"brought back revision {}"},
    "store/rules/dates/parse.py": {"{} {year}"},
    "tui/app/key_table.py": {
        ":, ctrl+p",
        "Esc, h",
        "G, End",
        "U, ctrl+r",
        "X, Del",
        "a, Enter",
        "g, Home",
        "j, down",
        "k, up",
    },
    "tui/app/list_state.py": {"last news"},
    "tui/app/pages/help_page.py": {
        "-owner:me",
        "Esc q",
        "Tab, S-Tab",
        "a Enter",
        "due:..2w",
        "space *",
        "state:agreed",
        "to:interpol",
    },
    "tui/app/pages/palette_entries.py": {
        "followup add --every month --until DAY",
        "followup completion bash",
        "followup config ground dark",
    },
    "tui/cli/arguments.py": {
        ": followup {} --help shows what there is",
        "and nothing like it; without {}",
        "followup visits only shows them",
        'there is no command "{}"',
        "visit add",
    },
    "tui/cli/command_aliases.py": {"followup ls"},
    "tui/cli/command_table.py": {
        "echo 'print(len(db))' | followup python -",
        'eval "$(followup completion bash)"',
        "followup completion fish > ~/.config/fish/completions/followup.fish",
        "followup config me asel UNODC",
        "followup config silent-after 45 --shared",
        "followup digest --for asel@unodc.org --lang ru --format mail | sendmail -t",
        "followup import actions.csv --visit lyon --dry-run",
        "followup import plan.xlsx --visit lyon --map by=C --default to=INTERPOL --dates dmy --skip-bad",
        "followup init /srv/followup/commitments.json --shared --group unodc --timezone Asia/Tashkent",
        "followup mark 3 5-7 agreed",
        "followup move postgresql://db.example.org/followup --group offices",
        "followup report --quarter 2023-Q1 --lang ru --intro summary.md -o report.docx",
        "followup visit back lyon",
        "followup visit remove tashkent-q1",
    },
    "tui/cli/commands/batch.py": {"error {} {} {}", "ok {} {} {}", "ok {} {} {}\n"},
    "tui/cli/commands/change.py": {" --correct --reason mistyped", ": followup agree {}", "end of this {}"},
    "tui/cli/commands/check.py": {
        "FOLLOWUP UNKNOWN - {}\n",
        "FOLLOWUP {} - {}{}{} | {}\n",
        "overdue={} due={} open={}",
    },
    "tui/cli/commands/visits_parties.py": {"visit add"},
    "tui/cli/completion.py": {"languages and auto", "owner rename NEW", "owner rename OLD"},
    "tui/cli/help.py": {"find WORDS", "followup now", "mark ID... {}", "rm ID", "show 7", "visit add", "{} ID..."},
    "tui/cli/help_topics.py": {"followup close 3 --because dropped", "followup mark 3 5-7 agreed"},
    "tui/cli/hints.py": {" on "},
    "tui/cli/run_change.py": {"visit add"},
    "tui/crash_report.py": {" (errno {})"},
}
"""Module -> literals in it that read like a sentence, and are none that a person reads."""


@pytest.mark.parametrize("done", DONE)
def test_every_sentence_is_given_to_be_translated(done: str) -> None:
    place = PROJECT / done
    modules = sorted(place.rglob("*.py")) if place.is_dir() else [place]
    assert modules
    for module in modules:
        name = str(module.relative_to(PROJECT))
        others = [(line, text) for line, text in unwrapped_literals(module) if text not in NO_SENTENCES.get(name, ())]
        assert not others, f"{name}: wrap these in tr(...), or name them in NO_SENTENCES"


def test_the_check_sees_what_is_forgotten(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text(
        '"""No text of it."""\n'
        "from store.translation import plural, tr\n"
        'assert tui, "never said"\n'
        'shown = tr("three are late: {why}", why=f"not {why} yet"), plural("{n} day", "{n} days", 3)\n'
        'style = "plain"\n'
        'said = "nothing is open"\n'
    )
    assert unwrapped_literals(module) == [(4, "not {} yet"), (6, "nothing is open")]
    assert tui
