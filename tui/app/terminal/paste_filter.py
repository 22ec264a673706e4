"""Removes escape sequences from pasted text: one of them could end the paste, and the rest would act as keys.

What else does not print is escaped where the text is taken (`on_paste` in `tui.app.widgets.form_inputs`).
"""

from collections.abc import Sequence

_BEGIN, _END = "\x1b[200~", "\x1b[201~"


class PasteFilter:
    """Filters all input, piece by piece as it is read."""

    def __init__(self) -> None:
        self._is_inside = False
        self._before = ""
        self._held = ""

    def cleaned(self, text: str) -> str:
        """Remove escapes from inside of pastes, except the one that ends a paste."""
        out = []
        text = self._held + text
        self._held = ""
        while text:
            head, mark, text = self._until_end(text) if self._is_inside else self._until_begin(text)
            out.append(head + mark)
            if mark:
                self._is_inside = not self._is_inside
        return "".join(out)

    def cleaned_apart(self, texts: Sequence[str]) -> str:
        """The same for texts between which something was taken out: no end of a paste begins before it.

        So what was pasted makes no end of the paste out of two pieces around an answer of the terminal.
        """
        first, *others = texts
        return self.cleaned(first) + "".join([self._let_go() + self.cleaned(text) for text in others])

    def _let_go(self) -> str:
        held, self._held = self._held, ""
        return held.replace("\x1b", "")

    def _until_begin(self, text: str) -> tuple[str, str, str]:
        # The mark may come in two pieces, of which the parser has the first already.
        seen = self._before + text
        position = seen.find(_BEGIN)
        self._before = "" if position >= 0 else seen[1 - len(_BEGIN) :]
        if position < 0:
            return text, "", ""
        end = position + len(_BEGIN) - (len(seen) - len(text))
        return "", text[:end], text[end:]

    def _until_end(self, text: str) -> tuple[str, str, str]:
        head, mark, rest = text.partition(_END)
        if not mark:
            size = next(size for size in range(len(_END) - 1, -1, -1) if head.endswith(_END[:size]))
            head, self._held = head[: len(head) - size], head[len(head) - size :]
        return head.replace("\x1b", ""), mark, rest
