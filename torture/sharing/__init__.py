"""Three accounts on one machine: permissions, forged identities, planted links.

Two accounts share a group, the third is an outsider; root becomes them by their numbers, so none is made. They take
turns with every command that writes, under umask 077 and 000, and meet folders, locks and links that keep them out:
refused with the reason, never written in place. Each command is also stopped before every call that changes a name or a
mode, and all files are looked at then: nobody gets at one who cannot get at the store, by mode, group or ACL. Links to
a victim's file are planted at each name that a writer uses, those of temporary files again and again while a batch
runs, and others are put in the place of store, lock and copies, thousands of times, while root repairs and a colleague
works. What a stranger put beside a store in a folder like /tmp, a lock that he holds or a store of his among the
copies, is refused with his name. What a member puts among the copies is told, and stops no restore. A store of a
stranger that lies where one stands, under the number of a revision, or in the place of a backup, is not brought back.
Who may only look can lock nothing, nor can who left the group, and nobody is named who does not hold the lock.
Names, settings, modules and editors that the surroundings offer must have no effect. An ordinary user tries all of it
that takes one account.

Shown to fail against `user-trusted`, `namespaces-believed`, `lonely-namespaces-believed`, `settings-from-here` (the
history and `config` name the director), `machine-trusted` (what a member wrote for the machine is obeyed),
`modules-from-here` and `pythonpath-first` (a module of the folder was run), `plain-temporary`, `signed-through` (the
victim's file is written over), `chmod-through` (its mode changes), `open-temporary`, `umasked-folders` (open to
everybody for a moment, or for good), `acl-lost` (the one whom the store names is shut out), `repaired-by-path` (the
mode of a victim's program changes), `copied-by-path` (a victim's letters are among the copies), `links-followed`
(what a link leads to is changed), `lock-for-readers` (a reader stops a writer), `strangers-admitted` and
`readers-admitted` (a stranger's lock is waited for), `folders-of-strangers-used` (a store is made there),
`open-folders-untold` (who can swap it is not told), `restored-for-all` (members can read a private store),
`copies-believed` and `names-of-copies-believed` (a forged copy is offered, or its name printed), `counters-believed`
(no change is possible after a restore), `backup-unasked` (a backup is made that cannot be brought back),
`renamed-files-opened` and `renamed-copies-believed` (members can read what root kept beside the store),
`revisions-are-paths`, `outsiders-admitted` and `backups-asked-by-name` (a stranger's store is brought back),
`readers-stay` (who was to read no more reads copies), `owners-admitted` (who left the group keeps the store),
`note-believed` and `number-believed` (a colleague is named) and `written-in-place` (the store changed all the same).
"""

from collections.abc import Callable, Iterator

from torture.broken_builds import shared_machine as broken
from torture.proof import Proof
from torture.sharing.account_matrix import readers, refusals, together
from torture.sharing.accounts import Server
from torture.sharing.file_modes import privacy
from torture.sharing.forged_identity import identity
from torture.sharing.former_members import former_members
from torture.sharing.planted_backups import planted_backups
from torture.sharing.planted_copies import planted_copies
from torture.sharing.planted_links import plants
from torture.sharing.planted_lock import planted_lock
from torture.sharing.private_files import private_files
from torture.sharing.read_only_role import read_only
from torture.sharing.swapped_links import ATTACKS, Attack, swapped_links
from torture.testbed import Testbed


def _on_a_server(prove: Callable[[Testbed, Server], Proof]) -> Callable[[Testbed], Proof]:
    """The proof, each time on a server of its own."""

    def proved(testbed: Testbed) -> Proof:
        with testbed.sandbox() as sandbox:
            return prove(testbed, Server(testbed, sandbox))

    proved.__name__ = prove.__name__
    return proved


def _swapped(attack: Attack) -> Callable[[Testbed], Proof]:
    """One of the attacks: that which a broken build lets through."""

    def swapped(testbed: Testbed, server: Server) -> Proof:
        return swapped_links(testbed, server, (attack,))

    return _on_a_server(swapped)


_identity, _privacy, _plants, _swaps, _refusals, _read_only = map(
    _on_a_server, (identity, privacy, plants, swapped_links, refusals, read_only)
)
_former_members = _on_a_server(former_members)
_planted_lock, _planted_copies, _planted_backups, _private_files = map(
    _on_a_server, (planted_lock, planted_copies, planted_backups, private_files)
)


def torture(testbed: Testbed) -> Iterator[Proof]:
    """S4: forged identities and planted links; L1, L3: links swapped in, readers; R8: accounts and permissions."""
    planted = (_plants, _planted_lock, _planted_copies, _planted_backups, _private_files, _swaps)
    for prove in (
        _identity,
        _privacy,
        *planted,
        _refusals,
        _read_only,
        _former_members,
        *map(_on_a_server, (readers, together)),
    ):
        yield prove(testbed)


FAILS_AGAINST = {
    _identity: (
        broken.user_trusted,
        broken.namespaces_believed,
        broken.lonely_namespaces_believed,
        broken.settings_from_here,
        broken.machine_trusted,
        broken.modules_from_here,
        broken.pythonpath_first,
    ),
    _privacy: (broken.open_temporary, broken.umasked_folders, broken.acl_lost),
    _plants: (broken.plain_temporary, broken.signed_through, broken.chmod_through),
    _planted_lock: (
        broken.strangers_admitted,
        broken.readers_admitted,
        broken.folders_of_strangers_used,
        broken.open_folders_untold,
    ),
    _planted_backups: (
        *(broken.revisions_are_paths, broken.outsiders_admitted),
        broken.backups_asked_by_name,
    ),
    _planted_copies: (
        *(broken.copies_believed, broken.names_of_copies_believed),
        *(broken.counters_believed, broken.backup_unasked),
    ),
    _private_files: (
        *(broken.renamed_files_opened, broken.renamed_copies_believed),
        *(broken.signed_through, broken.restored_for_all),
    ),
    _swapped(ATTACKS[0]): (broken.repaired_by_path,),
    _swapped(ATTACKS[1]): (broken.copied_by_path,),
    _swapped(ATTACKS[2]): (broken.links_followed,),
    _read_only: (broken.lock_for_readers, broken.readers_stay, broken.note_believed, broken.number_believed),
    _former_members: (broken.owners_admitted,),
    _refusals: (broken.written_in_place,),
}
