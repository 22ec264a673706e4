"""The fields that ask for a file to write: format, path, whether a file of that name is replaced."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping

from store.errors import FollowUpError, UsageError
from store.formats.document_export import choose_format
from store.sanitise_text import visible
from store.translation import tr, tr_in
from tui.app.forms.form import CHOICE, PATH, Answers, Question

_YES, _NO = "yes", "no"


class FileFields:
    """Asks for a file in one of some formats; a change of path or format updates the other."""

    def __init__(self, by_extension: Mapping[str, str], usual_format: str, usual_path: str) -> None:
        """`by_extension`: ending of a file -> its format, the first one of a format being the one it gets."""
        self._by_extension = by_extension
        self._endings: dict[str, str] = {}
        for ending, format_ in by_extension.items():
            self._endings.setdefault(format_, ending)
        self._usual_path = usual_path
        formats = tuple(self._endings)
        self.questions = (
            Question("format", tr_in("label", "format"), usual_format, kind=CHOICE, options=formats),
            Question(
                "file",
                tr_in("label", "file"),
                empty=usual_path,
                kind=PATH,
                help=tr("its ending is the format; Tab completes the path"),
            ),
            Question(
                "replaces",
                tr_in("label", "replace it"),
                _NO,
                kind=CHOICE,
                options=(_NO, _YES),
                shown=(tr("no"), tr("yes")),
                help=tr("yes: a file of that name is replaced"),
            ),
        )

    def follow(self, changed: str, answers: Answers) -> Mapping[str, str]:
        """The format of the path that was changed, or the path with the ending of the format."""
        stem, ending = os.path.splitext(answers.text("file"))
        chosen, meant = answers.text("format"), self._by_extension.get(ending[1:].lower())
        if meant in (None, chosen):
            return {}
        return {"format": meant} if changed == "file" else {"file": f"{stem}.{self._endings[chosen]}"}

    def path_and_format(self, answers: Answers) -> tuple[str, str]:
        """The path and the format of the file: by its ending; without one the chosen format, whose ending is added.

        Raises: UsageError for an ending that is no format's.
        """
        name, chosen = answers.given("file") or self._usual_path, answers.text("format")
        path = os.path.abspath(os.path.expanduser(name))
        if name.endswith("/") or os.path.isdir(path):
            return os.path.join(path, ""), chosen  # A folder gets no ending: it is refused as one.
        try:
            format_ = choose_format(None, path, self._by_extension, default=chosen)
        except UsageError as error:
            *endings, last = (f".{ending}" for ending in self._endings.values())
            sentence = tr(
                "{refused}, {endings} or {last}", refused=error.sentence, endings=", ".join(endings), last=last
            )
            raise UsageError(sentence, field=error.field) from None
        has_ending = len(os.path.splitext(path)[1]) > 1
        return path if has_ending else f"{path.removesuffix('.')}.{self._endings[format_]}", format_

    @staticmethod
    def write(write: Callable[..., str | None], path: str, data: bytes, answers: Answers) -> str:
        """Write the file with `write`, which is `Session.write_file`. Returns the message.

        Raises: FollowUpError, in the field of the file.
        """
        try:
            trouble = write(path, data, is_forced=answers.text("replaces") == _YES)
        except FollowUpError as error:
            error.field = "file"
            raise
        message = tr("written to {path}", path=visible(path))
        if trouble:
            message = tr("{written}, but the disk did not confirm it: {why}", written=message, why=visible(trouble))
        return message
