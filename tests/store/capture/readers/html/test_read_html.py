"""Pages: what their own styles hide or strike through is left out and told."""

import pytest

from store.capture.readers.html.read_html import read_html, text_of_html
from store.errors import NotAllowed
from tests.support.cpu_time_growth import grows_with_length


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ('<p style="display: none">UNODC will.</p>', "1 passage is hidden, and left out"),
        ('<p style="DISPLAY:NONE !important">UNODC will.</p>', "1 passage is hidden, and left out"),
        ("<div hidden><p>UNODC will.</p></div>", "1 passage is hidden, and left out"),
        ('<p style="visibility:hidden">UNODC will.</p>', "1 passage is hidden, and left out"),
        ('<p style="font-size:0">UNODC will.</p>', "1 passage is hidden, and left out"),
        ('<span style="mso-hide:all">UNODC will.</span>', "1 passage is hidden, and left out"),
        (
            "<style>.x, #y {color:red; display:none}</style><p class=x>a</p><p id=y>b</p>",
            "2 passages are hidden, and left out",
        ),
        ("<s>UNODC will.</s><del>UNODC will.</del>", "2 passages are struck through, and left out"),
        ('<p style="text-decoration: line-through">UNODC will.</p>', "1 passage is struck through, and left out"),
    ],
)
def test_what_nobody_sees_is_left_out_and_told(page: str, told: str) -> None:
    assert text_of_html(f"<body>{page}<p>Seen.</p></body>") == ("Seen.\n", [told])


@pytest.mark.parametrize(
    "page",
    [
        '<p style="display:block;font-size:0.9em;opacity:0.5">Seen.</p>',
        '<p hidden> </p><p style="font-size:10pt">Seen.</p>',
    ],
)
def test_what_is_seen_stays(page: str) -> None:
    assert text_of_html(page) == ("Seen.\n", [])


_HIDDEN = ["1 passage is hidden, and left out"]
_UNCLEAR = ["not all styles of the page were looked through: words that it does not show may be read"]


@pytest.mark.parametrize(
    "page",
    [
        "<noembed>UNODC will.</noembed>",
        "<noframes>UNODC will.</noframes>",
        "<noscript>UNODC will.</noscript>",
        "<audio>UNODC will.</audio>",
        "<video>UNODC will.</video>",
        "<canvas>UNODC will.</canvas>",
        "<object>UNODC will.</object>",
        "<datalist><option>UNODC will.</option></datalist>",
        "<dialog>UNODC will.</dialog>",
        "<div popover>UNODC will.</div>",
        "<details>UNODC will.</details>",
        '<p style="display:/**/none">UNODC will.</p>',
        '<p style="display:\\6eone">UNODC will.</p>',
        '<p style="display:none;display:nonsense">UNODC will.</p>',
        '<p style="height:0;overflow:hidden">UNODC will.</p>',
        '<p style="position:absolute;left:-9999px">UNODC will.</p>',
        '<p style="text-indent:-9999px">UNODC will.</p>',
        '<p style="position:absolute;clip:rect(0 0 0 0)">UNODC will.</p>',
        '<p style="clip-path:inset(100%)">UNODC will.</p>',
        '<p style="transform:scale(0)">UNODC will.</p>',
        '<p style="font:0/0 a">UNODC will.</p>',
        '<p style="content:url(a.png)">UNODC will.</p>',
        '<p style="-webkit-opacity:0">UNODC will.</p>',
        '<p style="transform:skewX(90deg)">UNODC will.</p>',
        '<div style="-webkit-text-fill-color:transparent"><p style="color:red">UNODC will.</p></div>',
        '<p style="color:#0001">UNODC will.</p>',
        "<spacer hidden>UNODC will.</spacer>",
        "<details open name=a></details><details open name=a>UNODC will.</details>",
        '<p style="font-size:0.1px">UNODC will.</p>',
        '<p style="opacity:0.01">UNODC will.</p>',
        f"<style>{'.z{color:red}' * 300}.h{{display:none}}</style><p class=h>UNODC will.</p>",
        f"<style>.h{{{'color:red;' * 300}display:none}}</style><p class=h>UNODC will.</p>",
        "<style>.a{color:red;.b{display:none}}</style><div class=a><p class=b>UNODC will.</p></div>",
        "<style><!-- .h{display:none} --></style><p class=h>UNODC will.</p>",
        "<style>.a{content:'/*'}.h{display:none}.b{content:'*/'}</style><p class=h>UNODC will.</p>",
        "<style>.h{display:none}p{display:block}</style><p class=h>UNODC will.</p>",
        "<style>@media (min-width:600px){.h{display:none}}</style><p class=h>UNODC will.</p>",
        "<style>.h{display:none</style><p class=h>UNODC will.</p>",
        "<style>.a{p:hover{color:red} p:not(:hover){display:none}}</style><div class=a><p>UNODC will.</p></div>",
        "<style>.h:not([title='::'],[title=','],[title='}']){display:none}</style><p class=h>UNODC will.</p>",
        "<style>.\\68{displa\\79:none}</style><p class=h>UNODC will.</p>",
        "<style>.a{&.b,i &{display:none}}</style><p class='a b'>UNODC will.</p>",
        "<style>.h{display:none!IMPORTANT}.h{display:block}</style><p class=h>UNODC will.</p>",
        "<style>.H{display:none}</style><p class=h>UNODC will.</p>",
        "<style>@layer a{.h{display:none!important}}.h{display:block!important}</style><p class=h>UNODC will.</p>",
        '<p style="display:none;display:blockk">UNODC will.</p>',
        '<p style="display:table-column">UNODC will.</p>',
        '<p style="font-size:calc(1px * 0)">UNODC will.</p>',
        '<p style="font-size:min(0px, 1em)">UNODC will.</p>',
        '<p style="opacity:calc(0.5 - 0.5)">UNODC will.</p>',
        '<p style="color:transparent">UNODC will.</p>',
        '<p style="color:#00000000">UNODC will.</p>',
        '<p style="color:rgb(0 0 0 / 0%)">UNODC will.</p>',
        '<p style="-webkit-text-fill-color:rgba(0,0,0,0)">UNODC will.</p>',
        '<p style="block-size:0;overflow:hidden">UNODC will.</p>',
        '<p style="max-height:calc(1px*0);overflow:auto">UNODC will.</p>',
        '<p style="contain:strict;height:0">UNODC will.</p>',
        '<p style="text-indent:100%;white-space:nowrap;overflow:hidden">UNODC will.</p>',
        '<p style="letter-spacing:-1em">UNODC will.</p>',
        '<p style="zoom:0.01">UNODC will.</p>',
        '<p style="translate:-9999px">UNODC will.</p>',
        '<p style="transform:translate3d(0,-200vh,0)">UNODC will.</p>',
        '<p style="transform:matrix(0,0,0,0,0,0)">UNODC will.</p>',
        '<p style="transform:rotateY(90deg)">UNODC will.</p>',
        '<p style="rotate:y 0.25turn">UNODC will.</p>',
        '<p style="transform:rotateX(180deg);backface-visibility:hidden">UNODC will.</p>',
        '<p style="clip-path:inset(0 100% 0 0)">UNODC will.</p>',
        '<p style="clip-path:polygon(0 0, 0 0, 0 0)">UNODC will.</p>',
        '<p style="position:absolute;inset:auto auto auto -9999px">UNODC will.</p>',
        '<p style="position:fixed;top:300vh">UNODC will.</p>',
        "<svg><text display=none>UNODC will.</text></svg>",
        "<svg><g font-size=0><text>UNODC will.</text></g></svg>",
        "<svg><clipPath><text>UNODC will.</text></clipPath></svg>",
        "<svg width=0 height=0><text>UNODC will.</text></svg>",
        "<progress>UNODC will.</progress>",
        "<meter>UNODC will.</meter>",
        "<p><b hidden></p><p>UNODC will.</p>",
        '<p style="clip-path:polygon(0 0, 100% 100%, 0 0)">UNODC will.</p>',
        '<p style="clip-path:polygon(evenodd, 0 0, 100% 100%, 50% 50%)">UNODC will.</p>',
        '<p style="font:400 0/0 a">UNODC will.</p>',
        "<style>@scope (body){.h{display:none}} .h{display:block}</style><p class=h>UNODC will.</p>",
        "<style>.h{display:none}</style><style type=text/less>.h{display:block}</style><p class=h>UNODC will.</p>",
        "<style>.h{display:none}</style><style title=b>.h{display:block}</style><p class=h>UNODC will.</p>",
        "<style>.h{display:none}</style><iframe><style>.h{display:block}</style></iframe><p class=h>UNODC will.</p>",
        "<style>.h{display:none}.h:not(){display:block}</style><p class=h>UNODC will.</p>",
        "<style>.h{display:none}@media screen and min-width:1px{.h{display:block}}</style><p class=h>UNODC will.</p>",
        "<style>.h{display:none}@media only (min-width:1px){.h{display:block}}</style><p class=h>UNODC will.</p>",
    ],
)
def test_however_a_page_hides_it_nobody_promised_it(page: str) -> None:
    assert text_of_html(f"<body><p>Seen.</p>{page}</body>") == ("Seen.\n", _HIDDEN)


_TAKEN_BACK = {
    "display:none": ["run-in", "-moz-nonsense", "block block", "inline list-item nonsense"],
    "visibility:hidden": ["visible nonsense", "shown"],
    "color:transparent": ["nonsense", "#12", "red blue"],
    "font-size:0": ["12", "-12px", "mediumx"],
}


@pytest.mark.parametrize(("hidden", "value"), [(key, each) for key, values in _TAKEN_BACK.items() for each in values])
def test_a_value_that_no_browser_takes_shows_nothing(hidden: str, value: str) -> None:
    name = hidden.partition(":")[0]
    for style in (f".h{{{hidden}}}.h{{{name}:{value}}}", f".h{{{hidden};{name}:{value}}}"):
        page = f"<!doctype html><style>{style}</style><p>Seen.</p><p class=h>UNODC will.</p>"
        assert text_of_html(page) == ("Seen.\n", _HIDDEN)


@pytest.mark.parametrize(
    ("hidden", "shown", "around"),
    [
        ("visibility:hidden", "visibility:visible", "visibility:inherit"),
        ("visibility:hidden", "visibility:visible", "all:unset"),
        ("color:transparent", "color:red", "color:inherit"),
        ("color:transparent", "color:red", "color:currentcolor"),
        ("color:transparent", "color:red", "all:revert"),
        ("font-size:0", "font-size:16px", "font-size:1em"),
        ("font-size:0", "font-size:16px", "font-size:larger"),
        ("font-size:0", "font-size:16px", "font:unset"),
        ("-webkit-text-fill-color:#0000", "-webkit-text-fill-color:red", "-webkit-text-fill-color:unset"),
    ],
)
def test_what_is_as_the_element_around_has_it_is_hidden_with_that(hidden: str, shown: str, around: str) -> None:
    page = f"<style>div{{{hidden}}}p{{{shown}}}.h{{{around}}}</style><div><p>Seen.</p><p class=h>UNODC will.</p></div>"
    assert text_of_html(page) == ("Seen.\n", _HIDDEN)


@pytest.mark.parametrize(
    "style",
    [
        ":is(::nonsense,.h){display:none}",
        ".h{display:none} .h:-soup-contains(Seen){display:block}",
        ".h{display:none} .h[id!=x]{display:block}",
        ".h{display:none} .h, p:nonsense{display:block}",
        ".h{display:none} .h, p::nonsense{display:block}",
        "@namespace 'of-another-kind'; *|*.h{display:none} .h{display:block}",
        "@font-face{font-family:b;src:url(data:font/woff;base64,AAAA)} .h{font-family:b}",
        "@nonsense{.h{display:none}}",
        ".h{opacity:0;opacity:nonsense}",
        ".h{transform:scale(0);transform:nonsense}",
        ".h{text-decoration:line-through;text-decoration:nonsense}",
        ".h{height:0;overflow:hidden;height:nonsense}",
        ".h{text-indent:-9999px;text-indent:nonsense}",
        ".h{clip-path:polygon(0 0,100% 100%,99% 100%)}",
        ".h{font-size:12foos}",
        ".h{color:transparent;color:rgb(nonsense)}",
        ".h{font:12px}",
        ".h{visibility:revert-layer}",
    ],
)
def test_what_may_hide_and_is_not_sure_is_read_and_told(style: str) -> None:
    page = f"<!doctype html><style>{style}</style><div><p class=h>Seen.</p></div>"
    assert text_of_html(page) == ("Seen.\n", _UNCLEAR)


@pytest.mark.parametrize(
    "page",
    [
        "<style>.h{display:none}</style><p class=h style='display:revert-layer'>UNODC will.</p>",
        "<style>@layer x{.h{display:none}}.h{display:revert-layer}</style><p class=h>UNODC will.</p>",
        "<style>@layer x{.h{visibility:hidden}}.h{all:revert-layer}</style><p class=h>UNODC will.</p>",
        "<style>div{color:transparent}.h{color:red}@supports (display:grid){.h{color:inherit}}</style>"
        "<div><p class=h>UNODC will.</p></div>",
    ],
)
def test_what_is_hidden_and_may_be_taken_back_is_left_out_and_told(page: str) -> None:
    assert text_of_html(f"<p>Seen.</p>{page}") == ("Seen.\n", _HIDDEN + _UNCLEAR)


def test_a_size_that_is_a_part_of_the_root_s_is_told_where_the_root_has_none() -> None:
    text, told = text_of_html("<style>html{font-size:0}p{font-size:1rem}</style><p>Seen.</p>")
    assert (text, told) == ("Seen.\n", _UNCLEAR)


@pytest.mark.parametrize(
    ("policy", "told"),
    [
        ("default-src 'none'", _UNCLEAR),
        ("style-src 'unsafe-inline' 'sha256-x'", _UNCLEAR),
        ("default-src 'none'; style-src 'unsafe-inline'; img-src data:", []),
        ("img-src data:;", []),
    ],
)
def test_a_page_that_forbids_some_of_its_styles_is_told(policy: str, told: list[str]) -> None:
    page = f'<meta http-equiv=content-security-policy content="{policy}"><p style="display:block">Seen.</p>'
    assert text_of_html(page) == ("Seen.\n", told)


@pytest.mark.parametrize(
    "word",
    [
        '<form style="display:inline">not</form>',
        '<nav style="display:inline">not</nav>',
        "<svg><text>not</text></svg>",
        "<input value=not>",
        "<style>.x{display:none}.x{display:inline}</style><i class=x>not</i>",
        "<style>@media print{.x{display:none}}</style><i class=x>not</i>",
        "<style media=print>.x{display:none}</style><i class=x>not</i>",
        "<style>@media (max-width:600px){.x{display:none}}</style><i class=x>not</i>",
        "<style>.x{display:no/**/ne}</style><i class=x>not</i>",
        "<style>.x{display:none}</style><i class=x style='display:inline'>not</i>",
        "<style>.a{.b, .x{display:none}}</style><i class=x>not</i>",
        "<style>.x::before{.x{display:none}}</style><i class=x>not</i>",
        "<span style='font-size:0'><i style='font-size:12px'>not</i></span>",
        "<span style='visibility:hidden'><i style='visibility:visible'>not</i></span>",
        "<dialog open>not</dialog>",
        "<select><option>not</option></select>",
        "<input type=number value=not><input value=not>",
        "<i style='opacity:calc(0.5 + 0.5);font-size:calc(1em + 1px);margin-left:-4px'>not</i>",
        "<i style='color:#000f;transform:rotate(90deg) scale(1.2);scale:1 1'>not</i>",
        "<i style='width:min(100%, 40em);overflow:hidden;margin:env(safe-area-inset-top)'>not</i>",
        "<i style='color:transparent'><b style='color:red'>not</b></i>",
        "<style>.x{display:none}b > .x:first-child:not(.y, .z){display:inline}</style><b><i class=x>not</i></b>",
        "<style>.x{display:none}.x, .y::before, .z::marker{display:inline}</style><i class=x>not</i>",
        "<i style='font-size:0'><b style='font:italic 400 12px/1.5 \"A b\", c d, e'>not</b></i>",
        "<i style='font-size:0'><b style='font:caption'>not</b></i>",
        "<i style='color:transparent'><b style='color:rebeccapurple'>n</b><b style='color:canvastext'>ot</b></i>",
        "<i style='color:transparent'><b style='all:initial'>not</b></i>",
        "<i style='visibility:hidden'><b style='visibility:initial'>not</b></i>",
        "<style>.x{display:-webkit-box;display:flex;color:red;color:rgb(0 0 0 / 0.9)}</style><i class=x>not</i>",
        "<style>@font-face{font-family:A;panose-1:2 4}@page x{margin:1cm}</style><i>not</i>",
        "<i style='clip-path:polygon(0 0, 100% 0, 100% 90%, 50% 100%, 0 90%)'>not</i>",
    ],
)
def test_no_word_that_is_seen_is_lost(word: str) -> None:
    text, told = text_of_html(f"<body><p>UNODC will {word} come.</p></body>")
    assert (" ".join(text.split()), told) == ("UNODC will not come.", [])


@pytest.mark.parametrize(
    "page",
    [
        '<link rel=stylesheet href="of-another-place.css"><p>Seen.</p>',
        '<style>@import "of-another-place.css";</style><p>Seen.</p>',
        '<p style="display:var(--x)">Seen.</p>',
        "<style>p:nonsense(x){display:none}</style><p>Seen.</p>",
        f"<style>{'.a{' * 30}</style><p>Seen.</p>",
        f"<style>{'&&&&&&&&& a{' * 10}</style><p>Seen.</p>",
        f"<style>a{{width:{'(' * 50_000}}}</style><p>Seen.</p>",
        f"<p style='width:{'(' * 50_000}'>Seen.</p>",
        "<style>@keyframes k{to{opacity:0}}.x{animation:k 0s forwards}</style><p class=x>Seen.</p>",
        "<style>:root{--far:-9999px}.x{margin-left:var(--far)}</style><p class=x>Seen.</p>",
        '<p style="mask:linear-gradient(red, transparent)">Seen.</p>',
        "<p style=\"clip-path:path('M 0 0')\">Seen.</p>",
        '<p style="transform:matrix3d(1,0,0,0,0,1,0,0,0,0,1,0,0,0,0,1)">Seen.</p>',
        '<p style="overflow:hidden;text-overflow:ellipsis">Seen.</p>',
        "<div><template shadowrootmode=open></template>Seen.</div>",
        f"<style>i:nth-of-type(9n){{display:none}}</style><p>Seen.</p>{'<i></i>' * 20_000}",
        f"<style>p{{visibility:visible}}{'p:has(~ p) ~ i{display:none}' * 20}</style><p>Seen.</p>{'<i></i>' * 900}",
    ],
)
def test_styles_that_are_not_looked_through_are_told(page: str) -> None:
    assert text_of_html(page) == ("Seen.\n", _UNCLEAR)


_CAN_HIDE = [
    "all",
    "display",
    "visibility",
    "color",
    "opacity",
    "content",
    "transform",
    "clip",
    "clip-path",
    "filter",
    "font",
]
_CAN_HIDE += ["-webkit-filter", "-webkit-text-fill-color", "text-decoration", "font-size", "scale", "zoom", "translate"]
_WORKED_OUT = [
    "--f()",
    "env(x, none)",
    "attr(x type(*))",
    "if(media(all): none)",
    "color-mix(in srgb, red 1%, blue 1%)",
]


@pytest.mark.parametrize("name", _CAN_HIDE)
@pytest.mark.parametrize("value", _WORKED_OUT)
def test_a_function_that_only_a_browser_works_out_is_told(name: str, value: str) -> None:
    assert text_of_html(f'<p style="{name}:{value}">Seen.</p>') == ("Seen.\n", _UNCLEAR)


@pytest.mark.parametrize(
    "style",
    [
        "color:rgb(0 0 0 / 0.9);filter:drop-shadow(0 0 2px rgb(0 0 0 / 0)) brightness(1.1)",
        "transform:translate(-50%, calc(10px + 1em)) translateZ(0) rotate(3deg)",
        "padding:env(safe-area-inset-top);margin-left:calc(env(safe-area-inset-left, 0px) + 8px)",
        "--c:#123;--s:1.1;color:var(--c);transform:scale(var(--s));font-size:var(--z, 1rem)",
        "filter:progid:DXImageTransform.Microsoft.gradient(startColorstr='#00000000')",
        "color:var(--not-said)",
    ],
)
def test_usual_values_are_understood(style: str) -> None:
    page = f"<style>p{{{style}}}p::before{{content:url(a.png);transform:rotate3d(1,1,1,9deg)}}</style><p>Seen.</p>"
    assert text_of_html(page) == ("Seen.\n", [])


@pytest.mark.parametrize(
    "rule",
    [
        '.x::after{content:" not"}',
        ".x:before{content:attr(title)}",
        ".x:before{content:var(--words)}",
        ".x:\\62 efore{content:'not'}",
        ".x{list-style-type:'It is false that '}",
        "@counter-style z{system:cyclic;symbols:'not '}",
        ".x{quotes:'not ' ''}",
    ],
)
def test_words_that_styles_add_are_told(rule: str) -> None:
    text, told = text_of_html(f"<style>{rule}</style><p>UNODC will<i class=x title=not></i> come.</p>")
    assert (text, told) == (
        "UNODC will come.\n",
        ["the styles of the page show words that are not in its text, and not read"],
    )


@pytest.mark.parametrize(
    "page",
    [
        "<p>Seen. <![CDATA[ UNODC will. ]]></p>",
        "<p>Seen.</p><?note UNODC will. ?>",
        "<p>Seen.</p><script><!-- <script> </script> UNODC will. --></script>",
        "<p>Seen.</p><input type=date value='UNODC will.'>",
        "<p>Seen.</p><math><annotation>UNODC will.</annotation></math>",
    ],
)
def test_what_is_no_text_of_the_page_is_not_read(page: str) -> None:
    assert text_of_html(page)[0] == "Seen.\n"


def test_what_a_tag_that_is_left_open_strikes_through_further_down_is_left_out() -> None:
    text, told = text_of_html("<p>Seen. <s>No</p><p>UNODC will.</p>")
    assert (text, told) == ("Seen.\n", ["2 passages are struck through, and left out"])


def test_classes_have_capitals_where_the_page_has_a_doctype() -> None:
    page = "<!-- a note --><!DOCTYPE html><style>.X{display:none}</style><p class=x>Seen.</p>"
    assert text_of_html(page) == ("Seen.\n", [])


_TANGLED = [
    "<div>" * 300_000 + "UNODC will.",
    "<p " + " ".join(f"a{each}=1" for each in range(300_000)) + ">UNODC will.</p>",
    "".join(f"<p><b id=b{each}>x" for each in range(100_000)),
    "<svg>" + "<g>" * 300_000,
    "<div><!--</div>-->" * 300_000,
    "<div><script></div></script>" * 300_000,
    "<div title='</div>'>" * 300_000,
    "<svg><p>" + "<x/>" * 300_000,
    "<div>" * 1_000 + "UNODC will.",
]


@pytest.mark.parametrize("page", _TANGLED, ids=range(len(_TANGLED)))
def test_a_page_that_its_parser_takes_too_long_for_is_refused_before_it_is_parsed(page: str) -> None:
    with pytest.raises(NotAllowed, match="has too many tags within one another"):
        read_html(page.encode(), "a.html")


@pytest.mark.parametrize(
    "page",
    [
        "<p>a" * 6_000,
        "<ul>" + "<li>a" * 6_000,
        "<table>" + "<tr><td>a<td>a" * 3_000,
        "<p>" + "<br><img>a" * 6_000,
        "<p>a<svg>" + "<path d='M0 0'/><g><use/></g>" * 3_000 + "</svg>",
        "<p>a<script>" + "if(a<b)x='<div>'+'<b>';" * 6_000 + "</script>",
        "<div><p>a</div>" * 6_000,
        "<p>a<!--" + "<div>" * 6_000 + "-->",
        f"<p title='{'a=1 ' * 3_000}'>a",
        "<div>" * 200 + "a",
    ],
)
def test_a_page_that_is_long_and_usual_is_read(page: str) -> None:
    assert text_of_html(page)[0].count("a") >= 1


@pytest.mark.parametrize("piece", ["<input value=a>", "<b>a</b><s>b</s>", "<b>a</b><!--b-->", "<b>a</b><svg></svg>"])
def test_what_is_taken_out_of_a_long_paragraph_takes_no_more_work_than_its_length(piece: str) -> None:
    def read(count: int) -> None:
        assert text_of_html("<p>" + piece * count)[0].count("a") == count

    assert grows_with_length(read, 1_000)
