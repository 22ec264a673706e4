"""File calls fail in the app while a key changes a record: it reports that, survives, and saves the next key (R2)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from tests.support.program_with_injections import Program
from tests.support.pty_screen import PtyScreen
from torture.proof import Proof
from torture.system_calls import failing_by_order
from torture.testbed import Sandbox, Testbed, message_after


class App:
    """The app on a terminal, its first record changed to and fro by keys; `order` makes file calls fail."""

    def __init__(self, screen: PtyScreen, sandbox: Sandbox, order: Path) -> None:
        self.screen = screen
        self._sandbox = sandbox
        self._order = order
        self._next = "i"

    @property
    def shown(self) -> str:
        """The state that the first row shows."""
        return (
            next(line for line in self.screen.lines() if line.startswith(">"))
            .split("#4 ")[1][2:]
            .split("  ")[0]
            .strip()
        )

    def press(self) -> str:
        """Change the state of the first record. Returns what is then said."""
        return message_after(self.screen, f"s{self._next}")

    def goes_on(self) -> None:
        """What was pressed is saved: the next time the other state."""
        self._next = "a" if self._next == "i" else "i"

    def fails(self, order: str) -> None:
        """From the next change on a call fails: `NUMBER ERROR once|on`; number 0 is none."""
        self._order.with_suffix(".new").write_text(order)
        self._order.with_suffix(".new").rename(self._order)

    def failed(self) -> str:
        """The calls that failed since it was asked last."""
        log = Path(f"{self._order}.failed")
        names = log.read_text().strip() if log.exists() else ""
        log.unlink(missing_ok=True)
        return names

    def renamed(self) -> int:
        """The number of the call by which the last change got its name."""
        return int(Path(f"{self._order}.renamed").read_text())

    def stored(self) -> str:
        """The state in the store."""
        state: str = self._sandbox.seen("show", "4")["state"]
        return state.replace("-", " ")


@contextmanager
def app_in(sandbox: Sandbox, program: Program) -> Iterator[App]:
    """The app on the store of a sandbox, ready for keys."""
    order = sandbox.home / "order"
    failing = failing_by_order(program, order, "followup-writer")
    with failing.in_terminal(env=sandbox.env, size=(240, 24)) as screen:
        screen.wait_for("q quit")
        yield App(screen, sandbox, order)


def calls_fail_in_the_app(testbed: Testbed) -> Proof:
    """Each call of one change, with three errors, once and for good; in short a few of them."""
    proof = Proof("R2", "file calls fail in the app while a key changes a record")
    with testbed.sandbox() as sandbox:
        sandbox.make()
        with app_in(sandbox, testbed.program) as app:
            most = _calls_of_a_change(app)
            orders = [
                f"{number} {error} {often}"
                for number in range(1, most + 1)
                for error, often in (("EIO", "once"), ("ENOSPC", "on"), ("EACCES", "once"), ("EIO", "on"))
            ]
            # After the rename the folder is opened and synced.
            chosen = (
                orders if not testbed.is_short else [*testbed.chance.sample(orders, 5), f"{app.renamed() + 2} EIO once"]
            )
            for done, order in enumerate(chosen):
                testbed.progress("failing calls in the app", done, len(chosen))
                if not try_in_the_app(proof, app, partial(app.fails, order), partial(app.fails, "0 EIO once"), order):
                    break
            app.screen.send("q")
            proof.check(app.screen.wait_exit() == 0, "it does not quit as it should")
        sandbox.check_sound(proof, "in the end")
    return proof


def _calls_of_a_change(app: App) -> int:
    """Up to which number calls are tried: a few above the last that is there, so that some tries meet none."""
    for number in (60, 40, 30, 24, 20, 16, 12):
        app.fails(f"{number} EIO on")
        before = app.stored()
        app.press()
        if app.stored() != before:
            app.goes_on()
        if app.failed():
            break
    app.fails("0 EIO once")
    app.press()
    app.goes_on()
    return number + 10


def try_in_the_app(proof: Proof, app: App, fail: Callable[[], object], mend: Callable[[], object], when: str) -> bool:
    """Press a key while something fails, once more when it is mended. Returns whether it lives and reports it truly."""
    before = app.stored()
    fail()
    proof.count("changes")
    try:
        message = app.press()
        failed = app.failed()
        now = app.stored()
        when = f"{when} ({failed}): it says {message!r}"
        if not proof.check((now != before) == message.startswith("#4 "), f"{when}, {before} is now {now}"):
            return False
        proof.count("refused" if now == before else "saved")
        app.screen.wait_for(lambda: app.shown == now)
        mend()
        if now != before:
            app.goes_on()
        message = app.press()
        app.screen.wait_for(lambda: app.shown == app.stored() != now)
        proof.check("saved" not in message, f"{when}; then without a fault {message!r}")
        app.goes_on()
    except AssertionError as error:
        return proof.check(False, f"{when}: {str(error)[-700:]}")
    return True
