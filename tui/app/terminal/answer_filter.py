"""Takes the terminal's answers to flow control out of the input, also those that come in pieces."""

import re

_ANSWER = re.compile(r"\x1b\[(?:\d{1,4};\d{1,4}(R)|\?[\d;]{1,80}(c))")
_BEGUN = re.compile(r"\x1b(?:\[(?:\d{1,4}(?:;\d{0,4})?|\?[\d;]{0,80})?)?\Z")


class AnswerFilter:
    """Filters all input before anything else reads it, pastes too: an answer can come in the midst of one.

    `held`: what may be the beginning of an answer.
    """

    def __init__(self) -> None:
        self.held = ""

    def cleaned(self, text: str, *, is_asked: bool) -> tuple[list[str], list[str]]:
        """Remove the answers. Returns the texts between them, and the kinds of them: the last character of each.

        Holds back the beginning of an answer if one is due.
        """
        text = self.held + text
        texts, kinds, end = [], [], 0
        for answer in _ANSWER.finditer(text):
            texts.append(text[end : answer.start()])
            kinds.append(answer[1] or answer[2])
            end = answer.end()
        last = text[end:]
        begun = _BEGUN.search(last) if is_asked else None
        self.held = begun[0] if begun else ""
        return [*texts, last[: len(last) - len(self.held)]], kinds

    def released(self) -> str:
        """What was held, which is no answer."""
        text, self.held = self.held, ""
        return text
