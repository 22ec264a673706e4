"""A store on a server: connections terminated, server processes killed, answers cut and forged, histories judged.

The server is a PostgreSQL of the proofs' own; where none is installed all of it is left out. Four writers work while
connections are terminated and server processes killed; a relay that speaks the protocol cuts the connection before and
after each statement and at the bytes of a COMMIT's answer, makes statements fail with the codes of other servers, turns
a COMMIT into a ROLLBACK, and lets others change the store between two steps; random histories are judged by the checker
of `torture.concurrent_histories`; the holder of the turn is stopped; and two people work in the app through a pool
(pgbouncer), on one account of the machine and, where root runs this, on two. A listener on another machine's address
gets no password in clear. In the long form primaries are killed and their standbys promoted, with an asynchronous one
as the control that has to lose, and the leader of a cluster that patroni keeps is killed again and again.

Shown to fail against `no-turn-on-a-server` and `read-before-the-turn` (somebody else's change comes between),
`reads-of-several-revisions`, `no-key-asked-for` (done twice), `resent-blindly` (refused and yet there),
`commit-not-read` (acknowledged and not there), `who-from-the-client` (refused by the server's row security),
`sequence-for-numbers` (a number is missing), `clear-to-other-machines` and `clear-to-who-listens` (the listener has the
password), `history-at-any-change` and `revision-set-back` (a member takes the next change's number),
`operators-of-others` (a reader's function runs as a member) and `readers-hold-the-turn` (a reader is named).
"""

from collections.abc import Iterator

from tests.support.postgres_server import keeping_server, why_no_server
from torture.broken_builds.server_changes import (
    clear_to_other_machines,
    clear_to_who_listens,
    commit_not_read,
    history_at_any_change,
    no_key_asked_for,
    no_turn_on_a_server,
    operators_of_others,
    read_before_the_turn,
    readers_hold_the_turn,
    reads_of_several_revisions,
    resent_blindly,
    revision_set_back,
    sequence_for_numbers,
    who_from_the_client,
)
from torture.proof import Proof
from torture.server.automatic_failovers import automatic_failovers
from torture.server.changes_between_steps import between_the_steps, frozen_holder
from torture.server.cut_at_each_statement import cut_reads, faults_at_commit, faults_at_each_statement
from torture.server.failovers import failovers
from torture.server.given_server import given_server
from torture.server.lost_connections import killed_servers, terminated_connections
from torture.server.members_by_sql import members_by_sql
from torture.server.no_password_in_clear import no_password_in_clear
from torture.server.random_histories import histories
from torture.server.through_a_pool import two_accounts_in_the_app, two_in_the_app
from torture.testbed import Testbed

_PROOFS = (
    terminated_connections,
    killed_servers,
    faults_at_commit,
    faults_at_each_statement,
    between_the_steps,
    histories,
    frozen_holder,
    two_in_the_app,
    two_accounts_in_the_app,
    no_password_in_clear,
    members_by_sql,
)

_OF_OUR_OWN = (killed_servers, two_in_the_app, two_accounts_in_the_app, members_by_sql)
"""What is not done to a server that somebody has: processes killed, a pool and passwords put before it, roles made."""


def torture(testbed: Testbed) -> Iterator[Proof]:
    """D1 to D4."""
    if not testbed.server and (reason := why_no_server()):
        proof = Proof("D1", "a store on a server")
        proof.leave_out(reason)
        yield proof
        return
    with given_server(testbed.server) as given, keeping_server(given):
        for prove in _PROOFS:
            if not given or prove not in _OF_OUR_OWN:
                yield prove(testbed)
        if not testbed.is_short:  # Many starts, and two servers for each.
            yield cut_reads(testbed)
            if not given:
                yield from failovers(testbed)
                yield automatic_failovers(testbed)


FAILS_AGAINST = {
    faults_at_commit: (no_key_asked_for, resent_blindly, commit_not_read, who_from_the_client),
    faults_at_each_statement: (sequence_for_numbers,),
    no_password_in_clear: (clear_to_other_machines, clear_to_who_listens),
    members_by_sql: (history_at_any_change, revision_set_back, readers_hold_the_turn, operators_of_others),
    between_the_steps: (no_turn_on_a_server, read_before_the_turn, reads_of_several_revisions),
}
