"""What the benchmarks print and draw, without measuring anything."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks import __main__ as program
from benchmarks import bench_peers, peer_stores, plot
from benchmarks.bench_commands import Workshop
from benchmarks.bench_peers import NOT_INSTALLED, PEERS
from benchmarks.compare_with_goals import Compared, Measurement, at_least, at_most
from tests.support.synthetic_stores import made

CHECK = plot.Curve("status --short", [(100, 1.0), (1_000, 10.0), (100_000, 100.0)])
MOVE = plot.Curve("a move <in the app>", [(500, 0.1), (100_000, 0.1)])
HISTORY = plot.Curve("500 with a history", [(500, 1.5), (500, 1.5)])
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    """A workshop in a folder of its own."""
    folder = tmp_path / "workshop"
    folder.mkdir()
    return Workshop(folder, 1)


@pytest.fixture
def drawing() -> ElementTree.Element:
    """A plot of known points."""
    return ElementTree.fromstring(plot.drawing([CHECK, MOVE], HISTORY))


def test_points_of_the_plot_are_where_their_logarithms_are(drawing: ElementTree.Element) -> None:
    circles = [(float(circle.attrib["cx"]), float(circle.attrib["cy"])) for circle in drawing.iter(f"{SVG}circle")]
    third = (plot.BOTTOM - plot.TOP) / 3
    assert circles[:3] == [
        pytest.approx((plot.LEFT, plot.BOTTOM - third), abs=0.1),
        pytest.approx((plot.LEFT + (plot.RIGHT - plot.LEFT) / 3, plot.TOP + third), abs=0.1),
        pytest.approx((plot.RIGHT, plot.TOP), abs=0.1),
    ]
    assert circles[4] == (plot.RIGHT, plot.BOTTOM)
    assert circles[5] == circles[6]


def test_the_plot_has_a_description_in_text(drawing: ElementTree.Element) -> None:
    assert drawing.find(f"{SVG}title") is not None
    description = drawing.findtext(f"{SVG}desc")
    assert description is not None
    assert "a move <in the app>: 0.10 at 500, 0.10 at 100,000" in description


def test_plot_of_the_same_points_is_the_same_file() -> None:
    assert plot.drawing([CHECK, MOVE], HISTORY) == plot.drawing([CHECK, MOVE], HISTORY)


@pytest.mark.parametrize(
    ("ratio", "shown"), [(1.449, "1.4"), (0.2149, "0.21"), (44.7, "45"), (1.97, "2.0"), (123.4, "123")]
)
def test_figures_of_the_plot_are_rounded(ratio: float, shown: str) -> None:
    assert plot.rounded(ratio) == shown


@pytest.mark.parametrize(
    ("compared", "goal", "verdict"),
    [
        (at_most(2.5, 2.5, "F"), "<= 2.5 F", "ok"),
        (at_most(2.6, 2.5, "F"), "<= 2.5 F", "OVER"),
        (at_most(9, 3, "x", times=3), "<= 3 x", "ok"),
        (at_most(4, 3, "ms", is_binding=False), "<= 3 ms", "over"),
        (at_least(20, 20), ">= 20", "ok"),
        (at_least(29, 3, "file", times=10), ">= 3 file", "OVER"),
        (None, "", ""),
    ],
)
def test_verdict_on_a_figure(compared: Compared | None, goal: str, verdict: str) -> None:
    row = Measurement("a figure", "", compared)
    assert (row.goal, row.verdict, row.fails_the_run) == (goal, verdict, verdict == "OVER")


def test_unknown_benchmark_is_refused_with_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        program.main(["growht"])
    assert refused.value.code == 2
    refusal = capsys.readouterr().err
    assert "there is no benchmark growht" in refusal
    assert all(name in refusal for name in ("read-500", "growth", "app-growth", "peers"))


def test_peer_that_is_not_there_is_left_out(
    workshop: Workshop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench_peers, "ROOT", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    for peer in PEERS:
        row = bench_peers.prepared(workshop, peer, [])
        assert isinstance(row, Measurement)
        assert (row.name, row.figures) == (peer.name, NOT_INSTALLED)


def test_peer_in_its_own_environment_comes_before_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own, other = tmp_path / ".peers" / "todoman" / "bin" / "todo", tmp_path / "todo"
    own.parent.mkdir(parents=True)
    for program_file in (own, other):
        program_file.write_text("#!/bin/sh\n")
        program_file.chmod(0o755)
    monkeypatch.setattr(bench_peers, "ROOT", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    todoman = next(peer for peer in PEERS if peer.name == "todoman")
    assert todoman.path() == str(own)
    own.unlink()
    assert todoman.path() == str(other)


def test_peer_that_does_not_take_the_data_is_left_out(
    workshop: Workshop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A `task` that is another program."""
    program_file = tmp_path / "task"
    program_file.write_text("#!/bin/sh\nexit 3\n")
    program_file.chmod(0o755)
    monkeypatch.setattr(bench_peers, "ROOT", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    store = tmp_path / "store.json"
    store.write_bytes(made(3, 5))
    row = bench_peers.prepared(workshop, PEERS[0], peer_stores.items(store))
    assert isinstance(row, Measurement)
    assert "left out" in row.figures
    assert "exit code 3" in row.figures
