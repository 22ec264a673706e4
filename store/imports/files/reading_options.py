"""How to read a file, as the user gave it."""

FORMATS = ("csv", "json", "ics", "xlsx")


class ReadOptions:
    """The options of reading a file; what is None is detected."""

    FIELDS = ("format", "encoding", "delimiter", "sheet", "events")
    __slots__ = FIELDS

    def __init__(
        self,
        format: str | None = None,  # noqa: A002
        encoding: str | None = None,
        delimiter: str | None = None,
        sheet: str | None = None,
        events: str | None = None,
    ) -> None:
        """`events`: anything where the events of a calendar are read, and not its to-dos."""
        self.format = format
        self.encoding = encoding
        self.delimiter = delimiter
        self.sheet = sheet
        self.events = events
