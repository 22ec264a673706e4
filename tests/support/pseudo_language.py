"""A language that marks every text it translates: what is printed outside its brackets was not given to be translated.

`⟦{n} of ⟧3⟦ open⟧`: the values stand outside, so that a word of English put into a sentence is seen as well.
"""

import ast
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from store.translation import speak
from store.translation_catalogue_and_plurals import Catalogue
from tests.support.message_extractor import KEYWORDS, name_of
from tui.cli.command_table import COMMANDS

PSEUDO = "pseudo"

_PLACE = re.compile(r"(\{[^{}]*\})")
_BRACKETED = re.compile(r"⟦[^⟦⟧]*⟧")
_WORDS = re.compile(r"[A-Za-z]{2,}[ ,:;]|[ ,:;][A-Za-z]{2,}")


class PseudoCatalogue(Catalogue):
    """Brackets each text, and says which text it was."""

    __slots__ = ()

    def __init__(self) -> None:
        self.language = PSEUDO

    def text(self, text: str, context: str = "") -> str:
        """The text in brackets, its places outside."""
        return _PLACE.sub(r"⟧\1⟦", f"⟦{text}⟧").replace("⟦⟧", "")

    def plural(self, one: str, many: str, number: int) -> str:
        """The form of English in brackets."""
        return self.text(one if number == 1 else many)


@contextmanager
def spoken_pseudo() -> Iterator[None]:
    """Let the program speak the language in this process."""
    speak(PseudoCatalogue())
    try:
        yield
    finally:
        speak(None)


def outside_brackets(printed: str) -> str:
    """What was printed without being translated: the texts that people typed, and what was forgotten."""
    before = ""
    while before != printed:
        before, printed = printed, _BRACKETED.sub(" ", printed)
    return printed


_TYPED = {word for name in COMMANDS for word in name.split()} | {"followup", "cp", "chmod", "chgrp", "chown", "root"}


def is_line_to_type(text: str) -> bool:
    """Whether a text is a line for the shell, or a part of one: commands, options and what stands for a value."""
    words = re.sub(r"\{\w*\}|\0|--?[a-z][\w-]*(?:=\S*)?", " ", text).split()
    typed = [word.strip(",.:;()'\"") for word in words if re.search(r"[A-Za-z]", word)]
    is_line = "followup" in typed or "--" in text or bool({"cp", "chmod", "chgrp", "chown"} & set(typed))
    return is_line and all(word in _TYPED or word.isupper() or not word.isalpha() for word in typed)


_OF_THE_SCREEN = {"DEFAULT_CSS", "CSS", "BINDINGS", "LIST_CSS"}


def _is_of_the_screen(node: ast.Assign | ast.AnnAssign) -> bool:
    """Whether these are the styles or the bindings of a screen or a widget, or a type in quotes: nobody reads them."""
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    is_type = isinstance(node, ast.AnnAssign) and name_of(node.annotation) == "TypeAlias"
    return is_type or any(name_of(target) in _OF_THE_SCREEN for target in targets)


def unwrapped_literals(path: Path) -> list[tuple[int, str]]:
    """The line and text of each literal of a module that reads like a sentence and is not given to be translated.

    Docstrings, and what stands in `assert` or is a line to type, are none; nor are styles, bindings and types.
    """
    tree = ast.parse(path.read_text())
    found: list[tuple[int, str]] = []

    def visit(node: ast.AST) -> None:
        if isinstance(node, ast.Assert) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            return
        if isinstance(node, ast.Assign | ast.AnnAssign) and _is_of_the_screen(node):
            return
        if isinstance(node, ast.Call) and name_of(node.func) in KEYWORDS:
            for value in (*node.args, *(each.value for each in node.keywords)):
                if not isinstance(value, ast.Constant):
                    visit(value)
            return
        if isinstance(node, ast.JoinedStr):
            literal = "".join(str(part.value) if isinstance(part, ast.Constant) else "\0" for part in node.values)
            if re.search(r"[A-Za-z]{2,}", literal) and (" " in literal) and not is_line_to_type(literal):
                found.append((node.lineno, literal.replace("\0", "{}")))
            for part in node.values:
                if isinstance(part, ast.FormattedValue):
                    visit(part.value)
            return
        if isinstance(node, ast.Constant):
            if isinstance(node.value, str) and _WORDS.search(node.value) and not is_line_to_type(node.value):
                found.append((node.lineno, node.value))
            return
        for child in ast.iter_child_nodes(node):
            visit(child)

    visit(tree)
    return found
