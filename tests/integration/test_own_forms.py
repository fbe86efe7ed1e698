"""The office's own certificate forms: kept, copied, renamed, taken out, each one step of undo."""

from __future__ import annotations

import tracemalloc

import pytest

from models.certificates.own_forms import (
    OwnForm,
    copy_own_form,
    drop_own_form,
    own_forms,
    own_text,
    rename_own_form,
    save_own_form,
)
from models.errors import UserError
from models.progress import Progress
from models.store.history import history
from models.store.undo import undo
from reports.inputs import certificate_forms
from reports.inputs.certificate_forms import (
    form_named,
    listed_forms,
    save_form,
    shipped_texts,
)
from tests.offices import new_office
from ui.desktop.pages.certificates.designer.jobs import read_file


@pytest.fixture
def office(tmp_path):
    found = new_office(tmp_path)
    yield found
    found.store.close()


def titles(office):
    return [one.title for one in history(office.store, 3)]


def test_an_own_form_stands_before_the_shipped_one_until_it_is_taken_out(office):
    shipped = form_named(office, "completion")
    save_form(office, shipped.model_copy(update={"title": "桦甸结业证书"}))
    assert form_named(office, "completion").title == "桦甸结业证书"
    assert [one.name for one in listed_forms(office)].count("completion") == 1
    first = listed_forms(office)[0]
    assert (first.name, first.own, first.shipped) == ("completion", True, True)
    drop_own_form(office, "completion", "桦甸结业证书")
    assert form_named(office, "completion") == shipped
    assert titles(office)[0] == "删除证书样式 桦甸结业证书"


def test_a_form_is_read_without_reading_the_others(office, monkeypatch):
    read = []
    real = certificate_forms.parse_form
    monkeypatch.setattr(
        certificate_forms, "parse_form", lambda text, name: read.append(name) or real(text, name)
    )
    shipped = form_named(office, "completion")
    assert read == ["completion"]
    save_form(office, shipped.model_copy(update={"name": "own", "title": "自己的"}))
    read.clear()
    assert form_named(office, "own").title == "自己的"
    assert read == ["own"]


def test_a_file_far_too_large_for_a_form_is_refused_without_reading_it(office, tmp_path):
    file = tmp_path / "大.toml"
    with file.open("wb") as out:
        out.truncate(64 * 1024 * 1024)
    tracemalloc.start()
    with pytest.raises(UserError, match="太大"):
        read_file(office, Progress(), file)
    assert tracemalloc.get_traced_memory()[1] < 16 * 1024 * 1024
    tracemalloc.stop()


def test_each_deed_is_one_step_that_can_be_taken_back(office):
    saved = save_own_form(office, OwnForm("a", "一"), "甲")
    changed = save_own_form(office, OwnForm("a", "二"), "甲")
    copied = copy_own_form(office, OwnForm("b", "二"), "乙")
    renamed = rename_own_form(office, OwnForm("b", "三"), "丙")
    dropped = drop_own_form(office, "a", "甲")
    assert [(one.name, one.text) for one in own_forms(office)] == [("b", "三")]
    undo(office.store, dropped.id)
    assert own_text(office, "a") == "二"
    undo(office.store, renamed.id)
    assert own_text(office, "b") == "二"
    undo(office.store, copied.id)
    undo(office.store, changed.id)
    assert [(one.name, one.text) for one in own_forms(office)] == [("a", "一")]
    undo(office.store, saved.id)
    assert own_forms(office) == []


@pytest.mark.parametrize(
    ("deed", "code"),
    [
        (lambda office: save_own_form(office, OwnForm(" ", "x"), "x"), "form.no_name"),
        (lambda office: copy_own_form(office, OwnForm("a", "x"), "x"), "form.taken"),
        (lambda office: rename_own_form(office, OwnForm("z", "x"), "x"), "form.not_own"),
        (lambda office: drop_own_form(office, "z", "x"), "form.not_own"),
        (lambda office: form_named(office, "z"), "form.unknown"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(office, deed, code):
    for name in "ab":
        save_own_form(office, OwnForm(name, name), name)
    with pytest.raises(UserError) as refusal:
        deed(office)
    assert refusal.value.code == code
    assert [(one.name, one.text) for one in own_forms(office)] == [("a", "a"), ("b", "b")]


def test_a_damaged_form_is_told_with_its_place_and_hides_no_other(office):
    save_own_form(office, OwnForm("completion", 'name = "completion"\ntitle = 3 4'), "坏")
    save_own_form(office, OwnForm("x", shipped_texts()["backbone"]), "名字不对")
    found = {one.name: one for one in listed_forms(office)}
    assert "第 2 行" in found["completion"].problem
    assert found["completion"].form is None
    assert found["completion"].title == "结业证书"
    assert found["x"].title == "x"
    assert "backbone" in found["x"].problem
    assert {one.name for one in listed_forms(office) if one.form} == set(shipped_texts()) - {
        "completion"
    }
    with pytest.raises(UserError, match="第 2 行"):
        form_named(office, "completion")
    drop_own_form(office, "completion", "坏")
    assert form_named(office, "completion").title == "结业证书"
