"""The one kind of error with which a package, an enrolment file or a key is refused."""

from __future__ import annotations

from models.errors import UserError

PACKAGE = "交换包"


class Refused(UserError):  # noqa: N818 - what was done with it, as the faces tell it
    """What came from outside is not taken; nothing of it was read into the data."""


def damaged(what: str = PACKAGE) -> Refused:
    """The sentence about bytes that are no package, or not all of one."""
    return Refused(
        "sync.damaged",
        f"这不是完整的{what}：内容残缺或已损坏。",
        "请在原来的电脑上重新写一次；后写的包含有前面各包的全部内容。"
        if what == PACKAGE
        else "请从县里重新拷一次；仍然不行的，请县里重新制作。",
    )


def enrolment_file() -> Refused:
    """The sentence about an enrolment file among the packages."""
    return Refused(
        "sync.enrolment_file",
        "这是学校的注册文件，不是交换包。",
        "学校首次使用时，用它和注册码建立本校数据；已经注册过的不用再读。",
    )


def too_large(what: str = PACKAGE) -> Refused:
    """The sentence about more than this program reads."""
    return Refused(
        "sync.too_large", f"这个{what}超出了程序读取的上限。", "它不是师训通正常写出的，请勿使用。"
    )


def too_new() -> Refused:
    """The sentence about what a newer program wrote."""
    return Refused(
        "sync.too_new",
        "这个交换包是新版师训通写的，本机的程序认不得。",
        "请先升级本机的师训通，再读入；数据没有改变。",
    )


def not_for_us() -> Refused:
    """The sentence about a package sealed to somebody else's key."""
    return Refused(
        "sync.not_for_us",
        "这个交换包不是写给本单位的，或是写给本单位已停用的密钥的，在这里打不开。",
        "读本单位的包即可，别单位的包请留在原处；如果本机重装过或换过密钥，请对方再写一次。",
    )


def written_here() -> Refused:
    """The sentence about a package that this computer wrote itself."""
    return Refused(
        "sync.written_here", "这个交换包是本机写给对方的，不用读入。", "请把它带到对方的电脑上。"
    )


def forged() -> Refused:
    """The sentence about a signature that does not hold."""
    return Refused(
        "sync.forged",
        "交换包的签名不对：不是所称的单位写的，或写后被改动过。",
        "不要使用这个文件；请向对方电话核实，并请对方重新写一次。",
    )


def old_keys(name: str) -> Refused:
    """The sentence about a package from before its sender changed keys."""
    return Refused(
        "sync.old_keys",
        f"这个交换包是“{name}”换密钥以前写的，不再接收。",
        "请读入该单位换密钥以后写的包，里面有前面各包的全部内容。",
    )


def unknown_sender(code: str) -> Refused:
    """The sentence about a sender that the roster does not know."""
    return Refused(
        "sync.unknown_sender",
        f"写这个交换包的电脑（编号 {code}）没有在本单位注册。",
        "如果是本县的学校，请为它重新制作注册文件。",
    )


def revoked_sender(name: str, ended_on: str, reason: str) -> Refused:
    """The sentence about a sender whose registration was ended."""
    return Refused(
        "sync.revoked_sender",
        f"“{name}”这台电脑的注册已于 {ended_on} 停用（{reason}），它的包不再接收。",
        "请在该校现用的电脑上写交换包；没有现用的，请为该校重新注册。",
    )
