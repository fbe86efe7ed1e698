"""Who the office is: name, region, level and whether its file is a county's or a school's."""

from __future__ import annotations

from dataclasses import dataclass

from models.errors import UserError
from models.office.settings import read_settings, write_settings
from models.store.database import Store

LEVELS = {"province": "省级", "city": "市级", "county": "县级", "school": "校级"}


@dataclass(frozen=True, slots=True)
class Identity:
    """The office that a file belongs to.

    Attributes:
        name: as it stands on papers, such as 桦甸市教师进修学校.
        region: the six digits of GB/T 2260, such as 220282.
        level: one of ``LEVELS``.
        sample: whether the file holds generated data only (示例数据).
    """

    name: str
    region: str
    level: str = "county"
    sample: bool = False


def check_identity(identity: Identity) -> None:
    """Refuse an identity that no file may carry.

    Raises:
        UserError: empty name, region that is not six digits, unknown level.
    """
    if not identity.name.strip():
        raise UserError("office.no_name", "单位名称是空的。", "请填写单位全称。")
    if not (len(identity.region) == 6 and identity.region.isascii() and identity.region.isdigit()):
        raise UserError(
            "office.region",
            f"行政区划代码“{identity.region}”不是 6 位数字。",
            "请按 GB/T 2260 填写，如桦甸市为 220282。",
        )
    if identity.level not in LEVELS:
        raise UserError(
            "office.level",
            f"不认识的层级“{identity.level}”。",
            "可用：" + "、".join(LEVELS) + "。",
        )


def read_identity(store: Store) -> Identity:
    """The identity kept in the file.

    Raises:
        UserError: the file has none, so it was never set up.
    """
    settings = read_settings(store)
    if "office.name" not in settings:
        raise UserError(
            "office.not_set_up", f"{store.path.name} 还没有建立单位数据。", "请先新建本单位数据。"
        )
    return Identity(
        name=settings["office.name"],
        region=settings["office.region"],
        level=settings["office.level"],
        sample=settings.get("office.sample") == "1",
    )


def write_identity(store: Store, identity: Identity) -> None:
    """Keep the identity in the file as one undoable step.

    Raises:
        UserError: as ``check_identity``.
    """
    check_identity(identity)
    write_settings(
        store,
        {
            "office.name": identity.name.strip(),
            "office.region": identity.region,
            "office.level": identity.level,
            "office.sample": "1" if identity.sample else "0",
        },
    )
