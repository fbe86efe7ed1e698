from __future__ import annotations

import shutil
import subprocess

import pypdf
import pytest
from PIL import Image

from models.certificates.register import Certificate
from models.errors import CancelledByUser, UserError, WorldError
from models.progress import Progress
from reports.inputs.certificate_values import Beside, values_of
from reports.inputs.certificates import label_of
from reports.kit.copies import Copy, missing_glyphs, print_copies
from reports.kit.furniture import Output
from reports.kit.paper import About
from tests.papers import (
    NOW,
    READERS,
    Stopping,
    font_descriptors,
    own_fonts,
    place_of,
    save_png,
    shipped_form,
)

NAMES = ["张三", "李红梅", "王𬭎", "赵𫖯", "周䶮", "欧阳娜娜", "阿依古丽·买买提", "于𰌂"]


def completion(name, number=1, **changes):
    facts = {
        "course": "《教师的教学技能》专题研修",
        "organizer": "桦甸市教师进修学校",
        "start_date": "2026-07-01",
        "end_date": "2026-07-05",
        "hours": "15",
        "credits": "1.5",
        "result": "合格",
        **changes,
    }
    return Certificate(
        id=str(number),
        number=f"桦师训〔2026〕结字第{number:04d}号",
        kind="completion",
        teacher_id="",
        institution_id="",
        course_id=None,
        holder_no="",
        holder_name=name,
        holder_sex="女",
        holder_school="桦甸市第四中学",
        holder_id_tail="002X",
        title=facts["course"],
        year=2026,
        batch="",
        facts=facts,
        hours=None,
        credits=None,
        score=facts["result"],
        start_date=facts["start_date"],
        end_date=facts["end_date"],
        issuer="桦甸市教师进修学校",
        issued_on="2026-07-21",
        void=False,
        voided_on="",
        void_reason="",
    )


def batch(*people, id_number="******002X"):
    return [Copy(label_of(one), values_of(one, Beside(id_number))) for one in people]


def everybody():
    return batch(*(completion(name, at) for at, name in enumerate(NAMES, 1)))


def printed(tmp_path, what, name="certificates.pdf", *, progress=None, overwrite=False):
    about = About("2026年结业证书", author="桦甸市教师进修学校", made_at=NOW)
    output = Output(tmp_path / name, own_fonts(), NOW, progress or Progress(), overwrite)
    return print_copies(shipped_form("completion"), what, about, output).path


@pytest.fixture(scope="module")
def pdf(tmp_path_factory):
    return printed(tmp_path_factory.mktemp("certificates"), everybody())


@pytest.mark.parametrize("read", READERS)
def test_every_reader_gets_name_number_and_wording_from_the_page_of_each_person(pdf, read):
    pages = read(pdf)
    assert len(pages) == len(NAMES)
    for number, (name, page) in enumerate(zip(NAMES, pages, strict=True), 1):
        text = "".join(page.split())
        assert f"{name}同志：" in text
        assert f"桦师训〔2026〕结字第{number:04d}号" in text
        assert "参加桦甸市教师进修学校举办的《教师的教学技能》专题研修培训" in text
        assert "计15学时、1.5学分，考核成绩合格，准予结业。" in text
        assert "二〇二六年七月二十一日" in text


@pytest.mark.parametrize("read", READERS)
def test_the_spaced_title_is_found_as_one_word(pdf, read):
    assert all("结业证书" in page for page in read(pdf))


def test_every_font_is_embedded_and_no_helvetica_is_named(pdf):
    descriptors = font_descriptors(pdf)
    assert descriptors
    for descriptor in descriptors:
        assert "/FontFile2" in descriptor.get_object()
        assert descriptor["/FontName"][7:8] == "+"  # a subset, tagged with six letters


def test_the_file_is_sound_for_a_strict_reader(pdf):
    if shutil.which("qpdf") is None:
        pypdf.PdfReader(pdf, strict=True).pages[0].extract_text()
        return
    subprocess.run(["qpdf", "--check", str(pdf)], check=True, capture_output=True)


def test_each_person_is_a_bookmark(pdf):
    reader = pypdf.PdfReader(pdf)
    marks = [(mark.title, reader.get_destination_page_number(mark)) for mark in reader.outline]
    assert [title.split("（")[0] for title, _ in marks] == NAMES
    assert [page for _, page in marks] == list(range(len(NAMES)))


def test_the_background_is_kept_once_for_all_pages(pdf):
    reader = pypdf.PdfReader(pdf)
    forms = {
        form.indirect_reference.idnum
        for page in reader.pages
        for form in (one.get_object() for one in page["/Resources"]["/XObject"].values())
    }
    assert len(forms) == 1
    assert pdf.stat().st_size < 120_000


def test_the_same_batch_gives_the_same_bytes(pdf, tmp_path):
    assert printed(tmp_path, everybody()).read_bytes() == pdf.read_bytes()


def test_the_file_carries_title_author_language_and_the_moment_of_printing(pdf):
    reader = pypdf.PdfReader(pdf)
    about = reader.metadata
    assert about.title == "2026年结业证书"
    assert about.author == "桦甸市教师进修学校"
    assert about["/CreationDate"] == "D:20261123093000+08'00'"
    assert reader.trailer["/Root"]["/Lang"] == "zh-CN"


def test_texts_stand_within_a_fifth_of_a_millimetre_where_the_form_asks(pdf):
    assert place_of(pdf, "身").left == pytest.approx(38, abs=0.6)  # its left bearing counts
    assert place_of(pdf, "号", 0).bottom == pytest.approx(72, abs=1)
    title = place_of(pdf, "结业证书")
    assert (title.left + title.right) / 2 == pytest.approx(148.5, abs=0.5)
    number = place_of(pdf, "结字第0001号")
    assert number.right == pytest.approx(259, abs=0.6)


def test_the_frame_is_printed_where_the_form_asks(pdf, tmp_path):
    """The heavy line is asked for 11 mm from the edge and 0.9 mm thick, in red."""
    png = tmp_path / "page.png"
    save_png(pdf, 0, png, dpi=508)  # 20 dots a millimetre
    with Image.open(png) as picture:
        column = [picture.getpixel((picture.width // 2, y))[:3] for y in range(15 * 20)]
    red = [y / 20 for y, (r, g, b) in enumerate(column) if r > 120 and g < 80 and b < 80]
    heavy = [y for y in red if y > 10.2]
    assert heavy[0] == pytest.approx(10.55, abs=0.1)
    assert heavy[-1] == pytest.approx(11.45, abs=0.1)


def test_nothing_of_the_content_touches_the_frame(pdf):
    for text in ("身份证号", "同志", "特发此证", "二〇二六年"):
        box = place_of(pdf, text)
        assert box.left > 25
        assert box.right < 297 - 25
        assert box.bottom < 210 - 25


def test_a_long_course_and_a_long_name_are_written_smaller_within_their_places(tmp_path):
    long = completion("阿依古丽·买买提" * 4, course="中小学教师信息技术应用能力提升工程" * 5)
    pdf = printed(tmp_path, batch(long))
    assert place_of(pdf, "准予结业").bottom < 150
    name = place_of(pdf, "同志：")
    assert name.right < 260


def test_a_text_that_fits_at_no_size_is_refused_with_the_person(tmp_path):
    with pytest.raises(UserError, match="张三") as refused:
        printed(tmp_path, batch(completion("张三", course="长" * 900)))
    assert refused.value.code == "form.too_long"
    assert list(tmp_path.iterdir()) == []


def test_facts_nobody_knows_are_left_out_with_their_labels(tmp_path):
    bare = completion("张三", credits="", organizer="", start_date="", end_date="", result="")
    text = "".join(READERS[0](printed(tmp_path, batch(bare, id_number="")))[0].split())
    assert "身份证号" not in text
    assert "参加《教师的教学技能》专题研修培训，修完规定课程，计15学时，准予结业。" in text


def test_a_year_is_said_once_for_both_days_of_a_course(tmp_path):
    one_day = completion("甲", 1, end_date="2026-07-01")
    two_years = completion("乙", 2, start_date="2025-12-30", end_date="2026-01-02")
    pages = READERS[0](printed(tmp_path, batch(completion("丙", 3), one_day, two_years)))
    assert "于2026年7月1日至7月5日参加" in "".join(pages[0].split())
    assert "于2026年7月1日参加" in "".join(pages[1].split())
    assert "于2025年12月30日至2026年1月2日参加" in "".join(pages[2].split())


def test_missing_characters_stop_the_batch_before_anything_is_written(tmp_path):
    what = batch(completion("张三"), completion("李\U0003fff0", 2))
    missing = missing_glyphs(what, own_fonts())
    assert [one.characters for one in missing] == ["\U0003fff0"]
    assert missing[0].who.startswith("李\U0003fff0")
    with pytest.raises(UserError, match="李\U0003fff0") as refused:
        printed(tmp_path, what)
    assert refused.value.code == "paper.glyph_missing"
    assert list(tmp_path.iterdir()) == []


def test_an_empty_batch_is_refused(tmp_path):
    with pytest.raises(UserError):
        printed(tmp_path, batch())


def test_a_file_is_replaced_only_when_the_caller_says_so(tmp_path):
    out = tmp_path / "old.pdf"
    out.write_bytes(b"old")
    with pytest.raises(UserError) as refused:
        printed(tmp_path, everybody(), out.name)
    assert refused.value.code == "file.exists"
    assert out.read_bytes() == b"old"
    printed(tmp_path, everybody(), out.name, overwrite=True)
    assert out.read_bytes().startswith(b"%PDF")


def test_cancelling_half_way_leaves_nothing_and_keeps_the_old_file(tmp_path):
    out = tmp_path / "old.pdf"
    out.write_bytes(b"old")
    with pytest.raises(CancelledByUser):
        printed(tmp_path, everybody(), out.name, progress=Stopping(3), overwrite=True)
    assert [path.name for path in tmp_path.iterdir()] == ["old.pdf"]
    assert out.read_bytes() == b"old"


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(UserError) as refused:
        printed(tmp_path, everybody(), "nowhere/certificates.pdf")
    assert refused.value.code == "file.no_folder"


def test_a_full_disk_ends_in_a_sentence_and_leaves_nothing(tmp_path, monkeypatch):
    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("reports.kit.saving.os.fsync", full)
    with pytest.raises(WorldError) as refused:
        printed(tmp_path, everybody())
    assert refused.value.code == "file.disk_full"
    assert list(tmp_path.iterdir()) == []
