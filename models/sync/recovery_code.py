"""The county's recovery code: a key on paper, for the day the county's computer is lost.

It signs one kind of statement only: that the county has new keys. It never lies on a disk.
"""

from __future__ import annotations

import base64
import hashlib

from models.errors import UserError
from models.signing.signatures import SecretKey
from models.text.labels import tidy_label

_BYTES, _CHECK, _GROUP = 32, 3, 4
_LOOK_ALIKE = str.maketrans("018", "OIB")


def written(root: SecretKey) -> str:
    """The code as it is printed: 14 groups of four letters and digits."""
    secret = root.reveal()
    digits = base64.b32encode(secret + _checked(secret)).decode().rstrip("=")
    return "-".join(digits[at : at + _GROUP] for at in range(0, len(digits), _GROUP))


def read(typed: str) -> SecretKey:
    """The key of a code as a person typed it.

    Raises:
        UserError: it is no such code, or was copied wrong.
    """
    kept = "".join(one for one in tidy_label(typed).upper() if one.isalnum())
    digits = kept.translate(_LOOK_ALIKE)
    try:
        content = base64.b32decode(digits + "=" * (-len(digits) % 8))
    except ValueError:
        content = b""
    secret, check = content[:_BYTES], content[_BYTES:]
    if len(content) != _BYTES + _CHECK or check != _checked(secret):
        raise UserError(
            "sync.recovery_code",
            "恢复码不对：应是 14 组、每组 4 个字母或数字，或有抄错的地方。",
            "请照纸上的恢复码重新输入；字母不分大小写，没有数字 0、1、8、9。",
        )
    return SecretKey(secret)


def _checked(secret: bytes) -> bytes:
    return hashlib.sha256(b"sxt:recovery\0" + secret).digest()[:_CHECK]
