"""What is pasted, without the escapes in it: the rest of a paste that one of them ends would be taken for keys."""

_BEGIN, _END = "\x1b[200~", "\x1b[201~"


class PasteFilter:
    """Goes over all that is typed, piece by piece as it is read."""

    def __init__(self) -> None:
        self._is_inside = False
        self._before = ""
        self._held = ""

    def cleaned(self, text: str) -> str:
        """The same without an escape inside of a paste but that which ends it."""
        out = []
        text = self._held + text
        self._held = ""
        while text:
            head, mark, text = self._until_end(text) if self._is_inside else self._until_begin(text)
            out.append(head + mark)
            if mark:
                self._is_inside = not self._is_inside
        return "".join(out)

    def _until_begin(self, text: str) -> tuple[str, str, str]:
        # The mark may have come in two pieces; what stood before is with the parser already.
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
