"""The certificates of a course as they are printed."""

from __future__ import annotations

from models.certificates.register import Certificate, certificates
from models.entities.display import plain_decimal
from models.errors import UserError
from models.office.context import Office
from models.training.courses import read
from reports.documents.completion_certificate import Completion, CompletionBatch


def completion_batch(office: Office, course_id: str) -> CompletionBatch:
    """The valid certificates of a course, in the order of their numbers.

    Raises:
        UserError: no such course, or none of its certificates is valid.
    """
    course = read(office, course_id)
    valid = [one for one in certificates(office, course_id=course_id) if not one.void]
    if not valid:
        raise UserError(
            "certificate.none", f"“{course['title']}”还没有发过证书。", "请先发证，再打印。"
        )
    return CompletionBatch(
        title=f"{course['year']}年{course['title']}结业证书",
        issuer=office.identity.name,
        issued_on=valid[0].issued_on,
        printed_at=office.store.clock.now(),
        people=tuple(_completion(one, str(course["organizer"] or "")) for one in valid),
    )


def _completion(one: Certificate, organizer: str) -> Completion:
    return Completion(
        number=one.number,
        name=one.holder_name,
        school=one.holder_school,
        id_number="",
        course=one.title,
        organizer=organizer,
        start=one.start_date,
        end=one.end_date,
        hours=plain_decimal(one.hours),
        credits="" if one.credits is None else plain_decimal(one.credits),
    )
