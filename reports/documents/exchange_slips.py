"""注册单, 恢复码: what is printed once and kept on no computer; one page each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.kit import furniture
from reports.kit.flow import Block, Gap
from reports.kit.fonts import Role
from reports.kit.furniture import Sheet
from reports.kit.paper import Pen
from reports.kit.setting import centred, paragraph
from reports.kit.table import facts
from reports.kit.wording import plain_date

if TYPE_CHECKING:
    from reports.kit.furniture import Built, Output

TITLE, RECOVERY = "学校注册单", "县交换恢复码"
CODE = Pen(Role.HEI, 24)
SMALL_CODE = Pen(Role.HEI, 18)
BODY = Pen(Role.SONG, 12)
STEPS = (
    "1. 把县里给的 U 盘插到学校的电脑上，打开师训通。",
    "2. 选“用注册文件开通（学校）”，点“选择注册文件…”，选 U 盘上的注册文件。",
    "3. 照上面输入 24 位注册码，短横线可有可无；填写您的姓名，点“注册”。",
    "4. 在“和县里交换”里点“写给县里”，把这个包带回县里，注册就完成了。",
    "注册码只能用一次。请和 U 盘分开携带；注册以后把这张纸销毁。",
    "注册码丢了、输入不对，请打电话给县里重新注册，不要另找办法。",
)

RECOVERY_STEPS = (
    "这是本单位交换密钥的恢复码。县里的电脑坏了、丢了，或密钥被别人知道了，用它换新密钥，"
    "各校不用重新注册。",
    "在“学校同步”里点“遇到问题…”，选“县里的电脑坏了、丢了”，输入恢复码。",
    "请打印两份，分别装入信封，写明日期封存在两处；不要存在任何电脑、手机里。",
    "谁有它，谁就能冒充本单位：只在换密钥时拆封，用后重新封存。",
)
PER_LINE = 7  # groups of the recovery code a line


@dataclass(frozen=True, slots=True)
class RecoverySlip:
    """What the sheet with the recovery code says: whose, the code in groups, the day."""

    office: str
    code: str
    made_on: str


@dataclass(frozen=True, slots=True)
class EnrolmentSlip:
    """What the slip says.

    Attributes:
        office: who opens the exchange.
        school: for whom.
        code: the one-time code, in groups.
        file: name of the enrolment file.
        made_on: the day, ISO.
    """

    office: str
    school: str
    code: str
    file: str
    made_on: str


def build(slip: EnrolmentSlip, output: Output) -> Built:
    """Write the slip.

    Raises:
        UserError: a character that no font has, or the file is already there.
        WorldError: the file cannot be written.
    """
    sheet = Sheet(TITLE, slip.office)
    told = (
        ("学校", slip.school),
        ("注册单位", slip.office),
        ("注册文件", slip.file),
        ("日期", plain_date(slip.made_on)),
    )
    blocks = [
        furniture.title_block(TITLE, slip.school, sheet.width),
        facts(told, output.fonts, sheet.width),
        Block((Gap(10), centred(slip.code, CODE, sheet.width), Gap(10))),
        *(paragraph(text, BODY, output.fonts, sheet.width) for text in STEPS),
    ]
    return furniture.write(output, sheet, blocks)


def build_recovery(slip: RecoverySlip, output: Output) -> Built:
    """Write the sheet with the recovery code.

    Raises:
        UserError, WorldError: as ``build``.
    """
    sheet = Sheet(RECOVERY, slip.office)
    told = (("单位", slip.office), ("日期", plain_date(slip.made_on)))
    groups = slip.code.split("-")
    lines = ["-".join(groups[at : at + PER_LINE]) for at in range(0, len(groups), PER_LINE)]
    code = [centred(line, SMALL_CODE, sheet.width) for line in lines]
    blocks = [
        furniture.title_block(RECOVERY, "密封保存", sheet.width),
        facts(told, output.fonts, sheet.width),
        Block((Gap(10), *code, Gap(10))),
        *(paragraph(text, BODY, output.fonts, sheet.width) for text in RECOVERY_STEPS),
    ]
    return furniture.write(output, sheet, blocks)
