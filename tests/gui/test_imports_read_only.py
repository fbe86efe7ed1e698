"""The import page of a file that another program is writing."""

from __future__ import annotations

from models.store.history import history
from models.workspace.opening import open_workspace
from tests.gui.import_steps import (
    checked,
)
from tests.offices import desk, new_office
from tests.rosters import write_roster
from tests.windows import session_on, window_on
from tests.workbooks import xlsx

SCHOOLS = [
    ("名称", "简称", "类型", "学段"),
    ("桦甸市第五中学", "五中", "初级中学", "初中"),
    ("桦甸市第四中学", "四中", "初级中学", "初中"),
]


def test_a_file_opened_to_read_only_takes_nothing_in(qtbot, tmp_path):
    session = session_on(new_office(tmp_path), tmp_path, read_only=True)
    window = window_on(session, {"imports"}, tmp_path)
    files = (write_roster(tmp_path / "一.xlsx", 2), xlsx(tmp_path / "二.xlsx", SCHOOLS))
    checked(qtbot, session, window.page, *files)
    assert not window.page.wizard.next_button.isEnabled()
    window.close()
    window.deleteLater()
    session.leave()
    with open_workspace(session.path, desk(seed=9)).store as store:
        assert history(store, 5)[0].kind != "exchange.import"
