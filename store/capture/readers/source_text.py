"""The text of a file as it was read: one string, and where its pages begin in it."""

from __future__ import annotations

from bisect import bisect_right
from hashlib import sha256
from typing import NamedTuple

from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


class SourceText:
    """A text with its places: `pages` are the offsets at which they begin, empty where the format has none.

    `dated` is the ISO day that the file itself names (the head of a mail, front matter), `warnings` are sentences on
    what was not read. `mark` is what a mail of a mailbox is known by when it comes again, `sender` the line of its head that says
    who sent it: it is looked at, and never shown.
    """

    __slots__ = ("dated", "format", "mark", "name", "pages", "sender", "text", "warnings")

    def __init__(
        self,
        name: str,
        text: str,
        format: str = "txt",  # noqa: A002
        *,
        pages: tuple[int, ...] = (),
        dated: str | None = None,
        warnings: tuple[str, ...] = (),
        mark: str | None = None,
        sender: str | None = None,
    ) -> None:
        self.name = name
        self.text = text
        self.format = format
        self.pages = pages
        self.dated = dated
        self.warnings = warnings
        self.mark = mark
        self.sender = sender

    @property
    def hash(self) -> str:
        """What tells this text from every other one, and from each other version of it."""
        return sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def page_at(self, offset: int) -> int | None:
        """The number of the page, from 1, of a character; None where there are no pages."""
        return bisect_right(self.pages, offset) or 1 if self.pages else None


class Place:
    """A place in a text: `start` and `end` count its characters, the end is behind the last one.

    `page` is None where the format has none; `paragraph` counts from 1, on each page anew.
    """

    __slots__ = ("end", "page", "paragraph", "start")

    def __init__(self, start: int, end: int, page: int | None, paragraph: int) -> None:
        self.start = start
        self.end = end
        self.page = page
        self.paragraph = paragraph

    def _values(self) -> tuple[int, int, int | None, int]:
        return (self.start, self.end, self.page, self.paragraph)

    def __eq__(self, other: object) -> bool:
        return self._values() == other._values() if isinstance(other, Place) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._values())

    def __repr__(self) -> str:
        return f"Place(start={self.start}, end={self.end}, page={self.page}, paragraph={self.paragraph})"

    @property
    def words(self) -> str:
        """The place as people write it: `p. 3, para 12`."""
        paragraph = f"para {self.paragraph}"
        return paragraph if self.page is None else f"p. {self.page}, {paragraph}"

    @property
    def in_words(self) -> str:
        """The same in the language of the program."""
        if self.page is None:
            return tr("para {paragraph}", paragraph=self.paragraph)
        return tr("p. {page}, para {paragraph}", page=self.page, paragraph=self.paragraph)

    def as_json(self) -> dict[str, int | None]:
        """The place as it stands in JSON."""
        return {"page": self.page, "paragraph": self.paragraph, "start": self.start, "end": self.end}


class Texts(NamedTuple):
    """Texts to decide on one by one, and the options given: None where each text says it.

    Each text is read when it is asked for. `notices` are sentences on those that were passed over.
    """

    sources: Iterator[SourceText]
    visit: str | None
    dated: str | None
    lang: str | None
    notices: list[str]
