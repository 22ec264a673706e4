"""A cluster that replaces its leader by itself (patroni and etcd), whose leader is killed again and again."""

from __future__ import annotations

from tests.support.patroni_cluster import running_cluster, why_no_patroni
from torture.proof import Proof
from torture.server.failovers import wait_for_answers
from torture.server.lost_connections import WRITERS, Writer, judge
from torture.server.server_sandbox import ServerSandbox
from torture.testbed import Testbed


def automatic_failovers(testbed: Testbed) -> Proof:
    """The machine that leads is killed amid the saves of several writers; the one killed comes back as a standby."""
    proof = Proof("D1", f"leaders of a patroni cluster killed amid the saves of {WRITERS} writers")
    if reason := why_no_patroni():
        proof.leave_out(reason)
        return proof
    for name in ("leaders killed", "acknowledged", "refused", "unknown", "lost", "twice", "refused and yet there"):
        proof.count(name, 0)
    times = testbed.amount(10, 1)
    with running_cluster() as cluster, testbed.sandbox() as plain:
        folder = plain.folder.parent / "on-server"
        folder.mkdir(mode=0o700)
        sandbox = ServerSandbox(plain.program, plain.judge, folder, cluster)
        writers = [Writer(sandbox, f"w{number}") for number in range(WRITERS)]
        for writer in writers:
            writer.start()
        try:
            for done in range(times):
                testbed.progress("leaders killed", done, times)
                wait_for_answers(writers, sum(len(writer.answers) for writer in writers) + 20)
                cluster.kill_leader()
                proof.count("leaders killed")
            wait_for_answers(writers, sum(len(writer.answers) for writer in writers) + 20)
        finally:
            for writer in writers:
                writer.ended()
        judge(proof, sandbox, {tag: said for writer in writers for tag, said in writer.answers.items()})
    return proof
