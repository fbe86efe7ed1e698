"""What an upload says besides its problems, and what of it waits for somebody."""

from __future__ import annotations

import pytest

from models.errors import UserError
from models.training.ledger import reverse
from models.uploads.building import build
from models.uploads.catalogue import form_named
from models.uploads.drafting import draft
from models.uploads.forms import FormColumn, Written
from models.uploads.returns import apply_return, read_return
from models.uploads.rows import Wish
from models.uploads.sent import sent_rows, standings, uploads
from models.uploads.waiting import uploads_waiting
from tests.uploads import NATIONAL, answered, county, national, wish


def test_codes_of_our_own_that_go_as_codes_are_said(office, tmp_path):
    county(office, people=1)
    form = national(office)
    subject = FormColumn(key="subject", title="学科", fact="teacher.subject", written=Written.CODE)
    form = form.model_copy(update={"columns": (*form.columns, subject)})
    (note,) = draft(office, form, wish()).notes
    assert "“学科”按代码报，数学没有填外部代码" in note
    said = subject.model_copy(update={"translate": {"102": "SX"}})
    form = form.model_copy(update={"columns": (*form.columns[:-1], said)})
    assert draft(office, form, wish()).notes == ()


def test_an_upload_is_no_other_file_than_xlsx(office, tmp_path):
    county(office, people=1)
    (tmp_path / "旧").write_text("旧文件")
    for name in ("上报.xls", "旧"):
        with pytest.raises(UserError, match="只能写成"):
            build(office, national(office), wish(), tmp_path / name)
    assert uploads(office) == []


def test_a_refusal_waits_until_the_row_goes_again_or_is_taken_back(office, tmp_path):
    county(office, people=2)
    form = form_named(office, "provincial_credits")
    build(office, form, Wish(2024), tmp_path / "表.xlsx")
    result = answered(tmp_path / "表.xlsx", tmp_path / "结果.xlsx", {2: {"导入结果": "失败"}})
    apply_return(office, read_return(office, result))
    build(office, form, Wish(2025), tmp_path / "今年.xlsx")
    assert uploads_waiting(office).refused == 1
    build(office, form, Wish(2024), tmp_path / "表.xlsx")
    assert uploads_waiting(office).refused == 0
    build(office, national(office), wish(), tmp_path / "上报.xlsx")
    result = answered(tmp_path / "上报.xlsx", tmp_path / "结果.xlsx", {2: {"导入结果": "失败"}})
    apply_return(office, read_return(office, result))
    assert uploads_waiting(office).refused == 1
    (row,) = sent_rows(office, uploads(office)[0].id, "refused")
    reverse(office, [row.subject_id], "登错了")
    assert uploads_waiting(office).refused == 0
    assert next(one.refused for one in standings(office, 2025) if one.name == NATIONAL) == 0
