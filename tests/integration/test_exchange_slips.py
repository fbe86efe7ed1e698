"""What is printed once and kept on no computer: each code whole, one page, nothing cut."""

from __future__ import annotations

from models.progress import Progress
from models.signing.signatures import SecretKey
from models.sync.one_time_code import new_code
from models.sync.recovery_code import read, written
from reports.documents.exchange_slips import EnrolmentSlip, RecoverySlip, build, build_recovery
from reports.kit.furniture import Output
from tests.papers import NOW, own_fonts, pypdf_text


def output(folder):
    return Output(folder / "单.pdf", own_fonts(), NOW, Progress())


def test_a_schools_slip_bears_its_code_and_what_to_do_with_it(tmp_path):
    code = new_code()
    slip = EnrolmentSlip("桦甸市教师进修学校", "红石中学", code, "17CF5070.sxr", "2026-11-26")
    made = build(slip, output(tmp_path))
    assert made.pages == 1
    (text,) = pypdf_text(made.path)
    assert code in text
    assert "用注册文件开通（学校）" in text
    assert "只能用一次" in text


def test_the_recovery_code_can_be_typed_from_its_sheet(tmp_path):
    root = SecretKey.make()
    slip = RecoverySlip("桦甸市教师进修学校", written(root), "2026-11-26")
    made = build_recovery(slip, output(tmp_path))
    assert made.pages == 1
    (text,) = pypdf_text(made.path)
    groups = [one for one in text.splitlines() if one.count("-") >= 6 and one.isascii()]
    assert read("-".join(groups)).public == root.public
