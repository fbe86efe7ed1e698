"""What the page has done on the writer lane, from texts as a person types them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from models.certificates import titled
from models.certificates.issuing import Issued
from models.errors import UserError
from models.exchange.nomination_list import NominationList, read_nominations
from models.office.context import Office
from models.office.forms import form_values
from models.progress import Progress
from models.staff.institutions import institution_rows
from models.store.operations import Operation
from models.titles import (
    batches,
    duties,
    granting,
    holding,
    nominating,
    publishing,
    reviewing,
    withdrawing,
)
from models.titles.checking import check
from models.titles.nominating import Nominee
from models.titles.records import Nomination
from models.titles.reviewing import Decision
from models.training.naming import teachers_meant
from reports.workbooks.template import write_template
from ui.desktop.widgets.answers import day_of

Texts = Mapping[str, str]


def save_batch(office: Office, _progress: Progress, batch_id: str, texts: Texts) -> Operation:
    """Open a batch, or change one, by the texts of its form."""
    if batch_id:
        return batches.change_batch(office, batch_id, texts)
    return batches.open_batch(office, texts)[1]


def close_batch(office: Office, _progress: Progress, batch_id: str) -> Operation:
    """Close a batch."""
    return batches.close_batch(office, batch_id)


def share_quota(office: Office, _progress: Progress, batch_id: str, texts: Texts) -> Operation:
    """Share a number of places among the schools by their teachers."""
    total = texts["total"].strip()
    if not total.isdecimal():
        raise UserError("titles.quota", f"名额“{total}”不是数。", "请填 0 或正整数。")
    return batches.set_quotas(office, batch_id, batches.proposed_quotas(office, int(total)))


def nominate(office: Office, _progress: Progress, batch_id: str, texts: Texts) -> Operation:
    """Recommend teachers by number or name, all with the same materials."""
    people = teachers_meant(office, texts["teachers"])
    given = {name: text for name, text in texts.items() if name != "teachers"}
    values = form_values(office, Nomination, given)
    return nominating.nominate(office, batch_id, [Nominee(one, values) for one in people])


def read_list(office: Office, _progress: Progress, batch_id: str, path: Path) -> NominationList:
    """What a workbook recommends; nothing is written."""
    return read_nominations(office, batch_id, path)


def nominate_list(
    office: Office, _progress: Progress, batch_id: str, nominees: Sequence[Nominee]
) -> Operation:
    """Recommend those whom a workbook names."""
    return nominating.nominate(office, batch_id, nominees)


def save_template(office: Office, progress: Progress, out: Path) -> Path:
    """Write an empty list of recommendations to be filled in."""
    names = [row.shown["name"] for row in institution_rows(office)]
    write_template(out, Nomination, office.codes, progress, institutions=names, overwrite=True)
    return out


def change_nomination(
    office: Office, _progress: Progress, nomination_id: str, texts: Texts
) -> Operation:
    """Change the materials of somebody recommended."""
    values = form_values(office, Nomination, texts)
    return nominating.change_nomination(office, nomination_id, values)


def drop(office: Office, _progress: Progress, ids: Sequence[str], texts: Texts) -> Operation:
    """Take people out of a batch."""
    return nominating.drop_nominations(office, ids, texts["reason"])


def check_batch(office: Office, _progress: Progress, batch_id: str) -> Operation:
    """Check everybody recommended."""
    return check(office, batch_id)


def waive(
    office: Office, _progress: Progress, nomination_id: str, condition: str, texts: Texts
) -> Operation:
    """Set a condition aside."""
    return nominating.waive(office, nomination_id, condition, texts["reason"])


def publish(office: Office, _progress: Progress, batch_id: str, texts: Texts) -> Operation:
    """Put on the public list whom nothing is in the way."""
    first, last = _day(office, texts["first"]), _day(office, texts["last"])
    return publishing.publish(office, batch_id, first, last)


def unpublish(office: Office, _progress: Progress, batch_id: str) -> Operation:
    """Take the public list back."""
    return publishing.unpublish(office, batch_id)


def object_to(office: Office, _progress: Progress, nomination_id: str, texts: Texts) -> Operation:
    """Put down an objection."""
    day = _day(office, texts["day"])
    sender = texts["sender"]
    return publishing.object_to(office, nomination_id, texts["text"], sender=sender, on=day)


def decide(office: Office, _progress: Progress, objection_id: str, texts: Texts) -> Operation:
    """Decide on an objection: 成立 or 不成立."""
    answers = {"成立": True, "不成立": False}
    upheld = answers.get(texts["upheld"].strip())
    if upheld is None:
        raise UserError("titles.upheld", "没有写异议是否成立。", "请填“成立”或“不成立”。")
    return publishing.decide(office, objection_id, upheld=upheld, decision=texts["decision"])


def grant_batch(office: Office, _progress: Progress, batch_id: str, texts: Texts) -> Operation:
    """Give the title to everybody on the public list."""
    return granting.grant_batch(office, batch_id, _day(office, texts["day"]), texts["document"])


def issue_titles(office: Office, _progress: Progress, batch_id: str) -> Issued:
    """Issue the certificates of a batch."""
    return titled.issue_titles(office, batch_id)


def enter_grant(office: Office, _progress: Progress, teachers: str, texts: Texts) -> Operation:
    """Enter a title given before or elsewhere."""
    people = teachers_meant(office, teachers)
    return granting.enter_grant(office, people, texts)


def change_grant(office: Office, _progress: Progress, grant_id: str, texts: Texts) -> Operation:
    """Change what is said of a title."""
    return granting.change_grant(office, grant_id, texts)


def withdraw(office: Office, _progress: Progress, ids: Sequence[str], texts: Texts) -> Operation:
    """Withdraw titles; their certificates become void."""
    return titled.withdraw_titles(
        office,
        ids,
        texts["reason"],
        on=_day(office, texts["day"]),
        decided_by=texts["by"],
        consequence=texts["consequence"] or None,
    ).operation


def end_titles(office: Office, _progress: Progress, ids: Sequence[str], texts: Texts) -> Operation:
    """End titles because their holders left."""
    return withdrawing.end_by_leaving(office, ids, texts["reason"], on=_day(office, texts["day"]))


def mark_mistaken(
    office: Office, _progress: Progress, ids: Sequence[str], texts: Texts
) -> Operation:
    """Mark titles as entered by mistake."""
    return withdrawing.mark_mistaken(office, ids, texts["reason"])


def void_certificates(office: Office, _progress: Progress, ids: Sequence[str]) -> Operation:
    """Declare void the certificates of titles that are over."""
    return titled.void_of_titles(office, ids)


def remove_duty(office: Office, _progress: Progress, duty_id: str) -> Operation:
    """Take an entry of a duty out again."""
    return duties.remove_duties(office, [duty_id])


def record_duty(office: Office, _progress: Progress, ids: Sequence[str], texts: Texts) -> Operation:
    """Enter something done for titles."""
    return duties.record_duty(office, ids, texts)


def adopt(office: Office, _progress: Progress) -> Operation:
    """Take in the levels of the register as titles."""
    return holding.adopt_register(office)[1]


def settle(office: Office, _progress: Progress) -> Operation:
    """Let the register follow the titles."""
    return holding.settle(office)[1]


def review(
    office: Office, _progress: Progress, year: int, decisions: Sequence[Decision]
) -> Operation:
    """Write registrations of a year, or re-checks for 0."""
    if year:
        return reviewing.register_year(office, year, decisions)
    return titled.recheck_titles(office, decisions)


def _day(office: Office, text: str) -> str:
    """A day as people write it; today where nothing was written."""
    return day_of(office, text) if text.strip() else office.store.clock.today().isoformat()
