"""What the styles of a page hide or strike through on a screen, where the page has them itself (CSS 2.2, Cascade 4).

tinycss2 parses style sheets, BeautifulSoup finds the elements of a selector. Of two rules that say the same property of an
element the stronger one counts. What cannot be told from the page alone is said.
"""

from __future__ import annotations

import re
from itertools import pairwise

from store.capture.readers.html.css_hiding_declarations import (
    JUDGED,
    SHOWING,
    SMALL,
    is_valid,
    usual_name,
    what_is_hidden,
)
from store.capture.readers.html.css_selectors import is_plain, names, parted
from store.capture.readers.html.css_variables import Variables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any

    Node = Any
    """A node or token of tinycss2."""

_PSEUDO_ELEMENTS = frozenset({"before", "after", "first-line", "first-letter"})
"""Those that may be written with one colon."""
_KNOWN_PSEUDO_ELEMENTS = _PSEUDO_ELEMENTS | {"marker", "selection", "placeholder", "backdrop", "file-selector-button"}
"""Those that every browser knows: with another one it takes no selector of the list."""
_OF_TEXT = frozenset(
    {"first-line", "first-letter", "details-content", "highlight", "target-text", "slotted", "part", "cue"}
)
"""Those that texts of the page are in."""
_LONGEST_SHEETS, _MOST_RULES, _MOST_HIDING, _MOST_MATCHES = 2_000_000, 10_000, 500, 500_000
"""Characters of style sheets, rules that can hide or show, those that hide, and of these times the elements of a page,
that are looked through."""
_DEAR = re.compile(r":has\(")
_DEAR_MATCHES = 1_000
"""Matches that one of a selector counts as which looks through what is in an element or behind it."""
_OF_PLACES = re.compile(r":nth-")
_SIBLINGS_OF_A_MATCH = 20
"""Elements beside one another that a selector which counts them goes through in the time of one match."""
_CONDITIONAL = frozenset({"supports", "layer", "container", "scope", "starting-style"})
_AT_RULES = _CONDITIONAL | {"media", "page", "font-feature-values", "font-palette-values", "color-profile"}
_AT_RULES |= {"view-transition", "viewport", "-ms-viewport", "position-try", "-moz-document"}
"""Rules with braces: those that have rules for elements in them, and those that have none that counts on a screen."""
_WITHOUT_TAGS = ["iframe", "noembed", "noframes", "xmp", "plaintext", "textarea"]
"""Tags in which a browser sees no tags, but letters."""
_MOST_EARLIER = 20
"""Values of one rule that later ones take the place of."""
_DEEPEST, _LONGEST_SELECTOR = 20, 5_000
"""Rules within one another, and characters of a selector with those around it."""

_NUMBER = r"([-+]?(?:\d+\.?\d*|\.\d+))"
_SCREEN_WIDTH, _SCREEN_HEIGHT = 1280, 800
_WIDTH = re.compile(r"(min|max)-(?:device-)?(width|height)\s*:\s*" + _NUMBER + r"(px|em|rem)")
_OF_DRAWINGS = (
    *("display", "visibility", "opacity", "font-size", "font-size-adjust", "color", "fill", "fill-opacity", "stroke"),
    *("clip", "clip-path", "filter", "letter-spacing", "mask", "transform", "text-decoration"),
)
"""Properties that elements of a drawing (SVG) have as attributes of their own."""
_OF_FORMULAS = (("mathsize", "font-size"), ("mathcolor", "color"))
"""Attributes of the elements of a formula (MathML), and their properties."""


class CssRule:
    """What a rule of a sheet says in one of the ways to hide: whether it `hides`, where, and how strong it is.

    `is_doubtful`: a browser may not apply it where it shows what another one hides.
    """

    __slots__ = ("cost", "hides", "is_doubtful", "matcher", "strength", "what")

    def __init__(
        self,
        matcher: Any,
        what: str,
        hides: bool | None,
        strength: tuple[int, ...],
        *,
        is_doubtful: bool,
        most_siblings: int,
    ) -> None:
        """`strength` is compared with that of other rules; `most_siblings`: elements beside one another on the page."""
        self.is_doubtful = is_doubtful
        self.matcher = matcher
        of_siblings = most_siblings // _SIBLINGS_OF_A_MATCH if _OF_PLACES.search(matcher.pattern) else 0
        self.cost = _DEAR_MATCHES if _DEAR.search(matcher.pattern) else 1 + of_siblings
        self.what = what
        self.hides = hides
        self.strength = strength


class PageStyles:
    """The styles of a page. `unclear`: some were not analysed; `adds_words`: they add text."""

    def __init__(self, soup: Any, *, is_quirky: bool = False) -> None:
        """`soup` is the page as BeautifulSoup has it; `is_quirky`: it has no doctype, and classes no capitals."""
        # What is in such a template is shown in the place of what stands beside it.
        self.unclear = soup.find("template", shadowrootmode=True) is not None or _is_forbidden_some(soup)
        self.adds_words = False
        self._is_quirky = is_quirky
        self._variables = Variables()
        self._matches = 0
        self._is_in_scope = False
        self._soup = soup
        self._most_siblings = max((len(each.contents) for each in soup(True)), default=0)
        if is_quirky:
            _without_capitals(soup)
        self._drawn = [each for drawing in soup(["svg", "math"]) for each in (drawing, *drawing(True))]
        self._of_drawings = {id(each): self._declared(_as_declarations(each)) for each in self._drawn}
        self._inline = {id(each): self._inline_of(str(each["style"])) for each in soup(style=True)}
        self._rules: list[CssRule] = []
        length = 0
        for link in soup("link"):
            if "stylesheet" in _words(link.get("rel")) and _is_on_screen(str(link.get("media", ""))) is not False:
                self.unclear = True
        for sheet in soup("style"):
            media = _is_on_screen(str(sheet.get("media", "")))
            if str(sheet.get("type", "")).lower() not in ("", "text/css") or sheet.find_parent(_WITHOUT_TAGS):
                media = False
            elif media and (sheet.get("title") or sheet.find_parent(["noscript", "template", "math"])):
                media = None
            text = sheet.get_text()
            length += len(text)
            if media is False:
                continue
            if length > _LONGEST_SHEETS:
                self.unclear = True
                break
            try:
                self._read(text, is_certain=media is True)
            except RecursionError:  # Thousands of brackets within one another.
                self.unclear = True
        self.unclear = self.unclear or self._variables.may_hide()

    def elements(self) -> Iterator[tuple[Any, str]]:
        """The elements that are hidden, away, invisible, small or struck through, and which of it they are."""
        seen = set[tuple[int, str]]()
        for each in (*self._soup(style=True), *self._drawn):
            own = {**self._of_drawings.get(id(each), {}), **self._inline.get(id(each), {})}
            for what, (hides, _) in own.items():
                if hides and self.says(each, what) is not False:
                    seen.add((id(each), what))
                    self._read_root(each, what)
                    yield each, what
        hiding = [rule for rule in self._rules if rule.hides]
        count = len(self._soup(True)) if hiding else 0
        for place, rule in enumerate(hiding):
            if place >= _MOST_HIDING or place * count > _MOST_MATCHES:
                self.unclear = True
                return
            self._matches += count * (rule.cost - 1)
            if self._matches > _MOST_MATCHES:
                self.unclear = True
                return
            for each in rule.matcher.select(self._soup):
                if (id(each), rule.what) not in seen and self.says(each, rule.what) is not False:
                    seen.add((id(each), rule.what))
                    self._read_root(each, rule.what)
                    yield each, rule.what

    def _read_root(self, element: Any, what: str) -> None:
        """A page without a size of its letters has none in `rem`."""
        self.unclear = self.unclear or (what == SMALL and element.name == "html")

    def says(self, element: Any, what: str) -> bool | None:
        """Whether the strongest rule for an element hides it so, or shows it; None where it is as the one around."""
        found: bool | None = None
        strength: tuple[int, ...] = ()
        is_doubtful = False
        if of_drawing := self._of_drawings.get(id(element), {}).get(what):
            found = of_drawing[0]
        if inline := self._inline.get(id(element), {}).get(what):
            found, strength = inline[0], (int(inline[1]), 1)
        for rule in self._rules:
            if rule.what != what or rule.strength <= strength:
                continue
            self._matches += rule.cost
            if self._matches > _MOST_MATCHES:
                self.unclear = True
                return found
            if rule.matcher.match(element):
                found, strength, is_doubtful = rule.hides, rule.strength, rule.is_doubtful
        self.unclear = self.unclear or (is_doubtful and not found)
        return found

    def _inline_of(self, style: str) -> dict[str, tuple[bool | None, bool]]:
        """What the style of one element says of each of the ways to hide, and whether it is important."""
        try:
            return self._declared(_contents(style))
        except RecursionError:
            self.unclear = True
            return {}

    def _read(self, text: str, *, is_certain: bool) -> None:
        import tinycss2

        rules = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
        for selectors, declarations, is_sure in self._style_rules(rules, [], is_certain or None, 0):
            of_elements = []
            are_plain = True
            for selector in parted(selectors):
                if _is_of_pseudo_element(selector):
                    self.adds_words = self.adds_words or any(map(_adds_words, declarations))
                    are_plain = are_plain and _is_plain_of_pseudo_element(selector)
                    if names(selector) & _OF_TEXT:
                        self.unclear = self.unclear or any(hides for hides, _ in self._declared(declarations).values())
                    else:
                        self._variables.define(_declarations(declarations))
                else:
                    of_elements.append(selector)
                    are_plain = are_plain and is_plain(selector)
            if not of_elements:
                continue
            says = {
                what: said for what, said in self._declared(declarations).items() if said[0] is not False or is_sure
            }
            for selector in of_elements:
                if self._is_quirky:
                    _lower_names(selector)
                if not says:
                    continue
                try:
                    matcher = self._soup.css.compile(_css(selector))
                except Exception:  # Whatever a library makes of a selector that it does not know.
                    self.unclear = self.unclear or any(hides for hides, _ in says.values())
                    continue
                place = len(self._rules)
                for what, (hides, is_important) in says.items():
                    # Of two rules that are as strong one in a scope comes before one in none.
                    at = place + (_MOST_RULES if hides and self._is_in_scope else 0)
                    # An important rule of a layer comes before one of none: in doubt it is told.
                    rank = 2 if is_important and not is_sure else int(is_important)
                    strength = (rank, 0, *_specificity(selector, is_hiding=bool(hides)), at)
                    is_doubtful = not are_plain or not is_sure
                    self._rules.append(
                        CssRule(
                            matcher, what, hides, strength, is_doubtful=is_doubtful, most_siblings=self._most_siblings
                        )
                    )
            if len(self._rules) > _MOST_RULES:
                self.unclear = True
                return

    def _style_rules(
        self, nodes: Iterable[Node], selectors: Sequence[Node], is_sure: bool | None, depth: int
    ) -> Iterator[tuple[Sequence[Node], list[Node], bool]]:
        """The selectors and the declarations of each rule among these nodes, and whether it applies on each screen.

        `selectors`: those of the rule whose contents the nodes are, if any. Declarations and nested rules keep their
        order: of two that are as strong the later one counts.
        """
        declarations: list[Node] = []
        for node in nodes:
            if node.type == "declaration":
                declarations.append(node)
                continue
            if declarations and node.type in ("at-rule", "qualified-rule"):
                yield selectors, declarations, is_sure is True
                declarations = []
            if node.type == "at-rule" and node.lower_at_keyword == "import":
                self.unclear = True
            elif node.type == "at-rule" and node.lower_at_keyword == "namespace":
                # Tags without one are of it then: those of a page are of none but its own.
                self.unclear = self.unclear or not any(each.type == "ident" for each in node.prelude)
            elif node.type == "at-rule" and node.lower_at_keyword == "font-face":
                # Its letters can be drawn as anything, or as nothing.
                self.unclear = self.unclear or "src" in dict(_declarations(_contents(node.content or [])))
            elif node.type == "at-rule" and node.lower_at_keyword == "counter-style":
                self.adds_words = self.adds_words or any(map(_adds_words, _contents(node.content or [])))
            elif node.type == "at-rule" and node.lower_at_keyword == "property":
                values = (
                    value for name, value in _declarations(_contents(node.content or [])) if name == "initial-value"
                )
                self._variables.define((_css(node.prelude).lower(), value) for value in values)
            elif node.type == "at-rule" and node.lower_at_keyword.endswith("keyframes"):
                frames = [each for each in _rules(node.content or []) if each.type == "qualified-rule"]
                said = (self._declared(_contents(frame.content)) for frame in frames)
                self.unclear = self.unclear or any(hides for says in said for hides, _ in says.values())
            elif node.type == "at-rule" and node.content is not None:
                name = node.lower_at_keyword
                if name not in _AT_RULES:
                    within = self._within_braces(node.content, selectors, None, depth)
                    said = (self._declared(declared) for _, declared, _ in within)
                    self.unclear = self.unclear or any(hides for says in said for hides, _ in says.values())
                    continue
                was_in_scope, self._is_in_scope = self._is_in_scope, self._is_in_scope or name == "scope"
                is_sure_within = _within(name, _css(node.prelude), is_sure)
                yield from self._within_braces(node.content, selectors, is_sure_within, depth)
                self._is_in_scope = was_in_scope
            elif node.type == "qualified-rule":
                above = _of_elements(selectors)
                if above or not selectors:
                    yield from self._within_braces(node.content, _nested(above, node.prelude), is_sure, depth)
        if declarations and selectors:
            yield selectors, declarations, is_sure is True

    def _within_braces(
        self, content: Sequence[Node], selectors: Sequence[Node], is_sure: bool | None, depth: int
    ) -> Iterator[tuple[Sequence[Node], list[Node], bool]]:
        if is_sure is False:
            return
        if depth >= _DEEPEST or len(_css(selectors)) > _LONGEST_SELECTOR:
            self.unclear = True
            return
        nodes = _contents(content) if selectors else _rules(content)
        yield from self._style_rules(nodes, selectors, is_sure, depth + 1)

    def _declared(self, nodes: Iterable[Node]) -> dict[str, tuple[bool | None, bool]]:
        """What declarations say of each of the ways to hide, and whether it is important."""
        nodes = [node for node in nodes if node.type == "declaration"]
        declared = list(_declarations(nodes))
        said = dict(declared)
        self._variables.define(said.items())
        self._variables.use(said)
        self.adds_words = self.adds_words or any(
            _adds_words(node) for node in nodes if node.lower_name in _WRITING_IN_LISTS
        )
        found, is_unclear = what_is_hidden(said)
        self.unclear = self.unclear or is_unclear or _is_overridden(declared, said, found)
        return found


def _is_overridden(
    declared: Sequence[tuple[str, tuple[str, bool]]],
    said: dict[str, tuple[str, bool]],
    found: dict[str, tuple[bool | None, bool]],
) -> bool:
    """Whether a value hides that a later one of the same declarations takes back: a browser may not take that one."""
    earlier = {
        (name, value): None
        for name, value in declared
        if name in JUDGED and name not in SHOWING and value[0] != said[name][0]
    }
    if len(earlier) > _MOST_EARLIER:
        return True
    for name, value in earlier:
        beside = {each: said[each] for each in said if each in JUDGED} | {name: value}
        if any(hides and not found.get(what, (False,))[0] for what, (hides, _) in what_is_hidden(beside)[0].items()):
            return True
    return False


def _contents(style: str | Sequence[Node]) -> list[Node]:
    """The declarations and nested rules in a style attribute or between the braces of a rule."""
    import tinycss2

    return list(tinycss2.parse_blocks_contents(style, skip_comments=True, skip_whitespace=True))


def _rules(content: Sequence[Node]) -> list[Node]:
    """The rules between the braces of a rule like `@media` that is nested in none with a selector."""
    import tinycss2

    return list(tinycss2.parse_rule_list(content, skip_comments=True, skip_whitespace=True))


def _parsed(text: str) -> list[Node]:
    import tinycss2

    return list(tinycss2.parse_component_value_list(text))


def _css(nodes: Iterable[Node]) -> str:
    import tinycss2

    return str(tinycss2.serialize(nodes)).strip()


def _declarations(nodes: Iterable[Node]) -> Iterator[tuple[str, tuple[str, bool]]]:
    """The name of each property, its value, and whether it is important; values that no browser takes are passed over."""
    important = set[str]()
    for node in nodes:
        if node.type != "declaration":
            continue
        name = usual_name(node.lower_name)
        if name in important and not node.important:
            continue
        value = " ".join(_css(node.value).lower().split())
        if not value or not is_valid(name, value):
            continue
        if node.important:
            important.add(name)
        yield name, (value, node.important)


def _within(name: str, query: str, is_sure: bool | None) -> bool | None:
    """Whether the content of a rule like `@media` applies: True, False, or None where unknown."""
    if name == "media":
        here = _is_on_screen(query)
        return False if here is False or is_sure is False else (True if here and is_sure else None)
    return None if name in _CONDITIONAL else False


def _is_forbidden_some(soup: Any) -> bool:
    """Whether the page says which of its own styles count: all of them do, or it is not looked which."""
    for each in soup("meta"):
        if str(each.get("http-equiv", "")).strip().lower() == "content-security-policy":
            parts = [part.split() for part in str(each.get("content", "")).lower().split(";")]
            said = {part[0]: part[1:] for part in parts if part}
            allowed = said.get("style-src", said.get("default-src"))
            if allowed is not None and (
                "'unsafe-inline'" not in allowed or any(one.startswith(("'nonce-", "'sha")) for one in allowed)
            ):
                return True
    return False


def _is_on_screen(media: str) -> bool | None:
    """Whether a list of media has a usual screen in it; None where that depends."""
    answers = [_is_one_on_screen(each.strip()) for each in media.lower().split(",")]
    return True if True in answers else None if None in answers else False


def _is_one_on_screen(media: str) -> bool | None:
    is_not = media.startswith("not ")
    if media.startswith("only ("):
        return False
    media = media.removeprefix("not ").removeprefix("only ").strip()
    kind, *conditions = re.split(r"\s+and\s+", media)
    if kind.startswith("("):
        conditions.insert(0, kind)
        kind = "all"
    answer: bool | None = kind in ("", "all", "screen")
    for condition in conditions if answer else ():
        found = _WIDTH.fullmatch(condition.strip("() "))
        if not condition.strip().startswith("("):
            answer = None
        elif found is None:
            answer = None if answer else answer
        if found is None or answer is None:
            continue
        length = float(found[3]) * (16 if found[4] != "px" else 1)
        screen = _SCREEN_WIDTH if found[2] == "width" else _SCREEN_HEIGHT
        if not (screen >= length if found[1] == "min" else screen <= length):
            answer = False
    return answer if answer is None or not is_not else not answer


def _of_elements(selectors: Sequence[Node]) -> Sequence[Node]:
    """The selectors of a list that rules within its braces are of: what no element is has none in it."""
    found: list[Node] = []
    for selector in parted(selectors):
        if not (_is_of_pseudo_element(selector) and _is_plain_of_pseudo_element(selector)):
            found += [*(_parsed(",") if found else ()), *selector]
    return found


def _nested(above: Sequence[Node], selectors: Sequence[Node]) -> Sequence[Node]:
    """A list of selectors that does not depend on the rule around it: `&` is what that one selects."""
    if not above or len(_css(selectors)) > _LONGEST_SELECTOR:  # Each sign of a longer one may be an `&`: it is refused.
        return selectors
    parent = _parsed(f":is({_css(above)})")
    [space, comma] = _parsed(" ,")
    nested: list[Node] = []
    for selector in parted(selectors):
        replaced, is_said = _with_parent(selector, parent)
        nested += [*([comma] if nested else []), *([] if is_said else [*parent, space]), *replaced]
    return nested


def _with_parent(selectors: Sequence[Node], parent: Sequence[Node]) -> tuple[list[Node], bool]:
    """The selectors with `parent` for each `&`, and whether there was one."""
    replaced: list[Node] = []
    is_said = False
    for node in selectors:
        if node == "&":
            replaced += parent
            is_said = True
            continue
        if node.type == "function":
            node.arguments, is_said_within = _with_parent(node.arguments, parent)
            is_said = is_said or is_said_within
        replaced.append(node)
    return replaced, is_said


def _is_of_pseudo_element(selector: Sequence[Node]) -> bool:
    """Whether a selector is of a pseudo-element: `::before`."""
    return _place_of_pseudo_element(selector) is not None


def _place_of_pseudo_element(selector: Sequence[Node]) -> int | None:
    for place, (one, other) in enumerate(pairwise(selector)):
        if one == ":" and (other == ":" or (other.type == "ident" and other.lower_value in _PSEUDO_ELEMENTS)):
            return place
    return None


def _is_plain_of_pseudo_element(selector: Sequence[Node]) -> bool:
    """Whether every browser takes a selector that ends in a pseudo-element: with another one it drops the whole list."""
    place = _place_of_pseudo_element(selector) or 0
    before, behind = selector[:place], [node for node in selector[place:] if node != ":"]
    if len(behind) != 1 or behind[0].type != "ident" or behind[0].lower_value not in _KNOWN_PSEUDO_ELEMENTS:
        return False
    return not before or is_plain(before)


_WRITING_IN_LISTS = frozenset({"list-style", "list-style-type", "quotes"})
_WRITING = _WRITING_IN_LISTS | {"content", "symbols", "additive-symbols", "prefix", "suffix", "negative"}


def _adds_words(declaration: Node) -> bool:
    """Whether a declaration puts a text on the page that is not in it."""
    return declaration.lower_name in _WRITING and any(
        (node.type == "string" and any(map(str.isalnum, node.value)))
        or (node.type == "function" and node.lower_name in ("attr", "var"))
        for node in declaration.value
    )


def _as_declarations(element: Any) -> list[Node]:
    """What the attributes of an element of a drawing say, as declarations; a drawing without a size clips all."""
    said = "".join(f"{name}:{_with_commas(element[name])};" for name in _OF_DRAWINGS if element.has_attr(name))
    said += "".join(f"{name}:{element[of]};" for of, name in _OF_FORMULAS if element.has_attr(of))
    if element.name in ("svg", "foreignobject"):
        said += "overflow:hidden;" + "".join(
            f"{name}:{element[name]};" for name in ("width", "height") if element.has_attr(name)
        )
        said += str(element.get("style", ""))
    return _contents(said) if said else []


def _with_commas(value: Any) -> str:
    """The value of an attribute of a drawing as a style sheet has it: `scale(1 0)` is `scale(1, 0)`."""
    return re.sub(r"(?<=[\d.])[\s,]+(?=[-+.\d])", ", ", str(value))


def _without_capitals(soup: Any) -> None:
    for each in soup(True):
        if each.has_attr("class"):
            each["class"] = _words(each["class"])
        if each.has_attr("id"):
            each["id"] = str(each["id"]).lower()


def _lower_names(selector: Sequence[Node]) -> None:
    """Take the capitals from the classes and ids of a selector, as those of the page have none."""
    for before, node in pairwise([None, *selector]):
        if node.type == "hash" or (node.type == "ident" and before == "."):
            node.value = node.value.lower()
        elif node.type == "function":
            _lower_names(node.arguments)


_OF_OTHER_SELECTORS = frozenset({"is", "not", "has", "where"})


def _specificity(selector: Sequence[Node], *, is_hiding: bool) -> tuple[int, int, int]:
    """The specificity of a selector; content of parentheses counts as hiding alone: in doubt there is a warning."""
    ids = classes = tags = 0
    before: Node | None = None
    for node in selector:
        if node.type == "hash":
            ids += 1
        elif node.type == "[] block" or (node.type == "ident" and before in (".", ":")):
            classes += 1
        elif node.type == "ident":
            tags += 1
        elif node.type == "function" and is_hiding:
            inner = _specificity(node.arguments, is_hiding=True)
            ids, classes, tags = ids + inner[0], classes + inner[1], tags + inner[2]
            classes += node.lower_name not in _OF_OTHER_SELECTORS
        before = node
    return ids, classes, tags


def _words(value: Any) -> list[str]:
    return [str(each).lower() for each in (value if isinstance(value, list) else str(value or "").split())]
