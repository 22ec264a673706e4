"""A cluster that replaces its leader by itself (patroni and etcd), whose leader is killed again and again."""

from __future__ import annotations

from tests.support.patroni_cluster import running_cluster, why_no_patroni
from torture.proof import Proof
from torture.server.lost_connections import WRITERS, Writers
from torture.server.server_sandbox import sandbox_on
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
    with (
        running_cluster() as cluster,
        sandbox_on(cluster, testbed) as sandbox,
        Writers(sandbox, proof) as writers,
    ):
        for done in range(times):
            testbed.progress("leaders killed", done, times)
            writers.wait_for_answers(20)
            cluster.kill_leader()
            proof.count("leaders killed")
        writers.wait_for_answers(20)
    return proof
