"""What to do when something is lost: each use case is one line of history.

* Stick lost: nothing. Nobody can open what is on it, and the next package brings everything again.
* Enrolment file or code lost: ``invite`` again; the earlier file ends with that.
* School's computer or key file lost: ``invite(again=…)``, which ends the lost one.
* School gives up exchanging, or its computer was stolen: ``end_registration``.
* Somebody who knew the computer left: ``change_keys`` on that computer, at a school or the county.
* County's computer or key files lost, or its key in wrong hands: ``rescue`` with the recovery code.
"""

from __future__ import annotations

from models.errors import UserError
from models.office.context import Office
from models.signing.guards import KeyGuard
from models.signing.signatures import SecretKey
from models.sync import recovery_code
from models.sync.key_files import KeyFiles
from models.sync.key_pairs import PublicKeys, make_keys
from models.sync.own_keys import COUNTY, enter_self, is_school, own_keys
from models.sync.roster import (
    Site,
    SiteState,
    add_keys,
    end_site,
    own,
    raise_serial,
    site_of,
    sites,
)
from models.sync.statements import BY_KEY, BY_ROOT, change
from models.sync.strict_json import canonical
from models.sync.trust import ROOT


def end_registration(office: Office, site_id: str, reason: str) -> Site:
    """Take no more packages from a site and write none for it; its data stay.

    Raises:
        UserError: no such site, it has ended already, no reason.
    """
    _check_reason(reason)
    found = site_of(office, site_id)
    if found is None or found.kind == COUNTY:
        raise UserError("sync.no_such_site", "名册里没有这台电脑。", "请刷新列表。")
    if found.state is SiteState.ENDED:
        raise UserError(
            "sync.ended_already",
            f"“{found.name}”这台电脑的注册已于 {found.ended_on} 停用。",
            "不必再次停用。",
        )
    with office.store.operation("sync.end", f"停用“{found.name}”的注册：{reason.strip()}"):
        end_site(office, site_id, reason.strip())
    ended = site_of(office, site_id)
    return ended or found


def change_keys(office: Office, reason: str, guard: KeyGuard | None = None) -> PublicKeys:
    """Make new keys for this computer: somebody left who could have copied the old ones.

    They are in force at once; the next packages show the others, who go on sealing to the old ones
    until then. Enrolment files of a county that were not used yet end.

    Raises:
        UserError: no reason; the present keys are not on this computer.
        WorldError: the new keys could not be written to the disk.
    """
    _check_reason(reason)
    mine = own_keys(office, guard)
    me = site_of(office, own(office))
    no = 1 + (me.key_no if me is not None else 0)
    return _replace(office, (mine.signer, BY_KEY, no), reason, guard)


def make_recovery_code(office: Office) -> str:
    """The county's recovery code, to be printed twice and put away; it is kept nowhere.

    Schools that were registered before it existed take it over with their next package. A code
    made later does not replace the one a school knows.

    Raises:
        UserError: this is a school's file.
    """
    if is_school(office):
        raise UserError(
            "sync.not_a_county", "恢复码由县里制作，学校不需要。", "学校请找县里重新注册。"
        )
    root = SecretKey.make()
    office.store.keep_fact(ROOT, root.public.hex())
    return recovery_code.written(root)


def has_recovery_code(office: Office) -> bool:
    """Whether the county has made its recovery code."""
    return bool(office.store.fact(ROOT))


def rescue(office: Office, code: str, reason: str, guard: KeyGuard | None = None) -> PublicKeys:
    """Give the county new keys by its recovery code: the old ones are lost or in wrong hands.

    Raises:
        UserError: a code copied wrong or of another county; no reason; a school's file.
        WorldError: the new keys could not be written to the disk.
    """
    _check_reason(reason)
    root = recovery_code.read(code)
    known = office.store.fact(ROOT)
    if is_school(office) or (known and known != root.public.hex()):
        raise UserError(
            "sync.other_recovery_code",
            "这不是本单位现用的恢复码。",
            "请找制作注册文件之前打印的那一张；后来重做过的，以最后一张为准。",
        )
    office.store.keep_fact(ROOT, root.public.hex())
    # By the day, for this file may be an older backup that knows none of the numbers given since.
    me, today = site_of(office, own(office)), office.store.clock.now()
    no = max(1 + (me.key_no if me is not None else 0), int(f"{today:%Y%m%d%H%M}"))
    return _replace(office, (root, BY_ROOT, no), reason, guard)


def _replace(
    office: Office, by: tuple[SecretKey, str, int], reason: str, guard: KeyGuard | None
) -> PublicKeys:
    """New keys in force from now on; the statement that proves them lies with them on the disk."""
    signer, kind, no = by
    made = make_keys(own(office))
    statement = canonical(change(signer, kind, own(office), made.public, no)).decode()
    # The private halves first: a pair that no row knows is taken up again, the reverse is lost.
    KeyFiles(office.store.path, guard).keep(made, statement)
    with office.store.operation("sync.change_keys", f"更换交换密钥：{reason.strip()}"):
        enter_self(office)
        add_keys(office, own(office), made.public, no, statement)
        if not is_school(office):
            raise_serial(office)
        for one in sites(office):
            if one.state is SiteState.INVITED:
                end_site(office, one.id, f"县里更换密钥（{reason.strip()}），未用的注册文件作废")
    return made.public


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise UserError("sync.no_reason", "没有写原因。", "请写明原因，它会留在变更记录里。")
