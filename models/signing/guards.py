"""How a private key lies on the disk: as the computer it lies on can protect it."""

from __future__ import annotations

import ctypes
import os
import sys
from typing import Protocol

from models.errors import UserError, WorldError


class KeyGuard(Protocol):
    """Protects secret bytes so that they are of use to this person on this computer alone."""

    name: str
    """Kept in the key's file; a file is opened by the guard that closed it."""

    def close(self, secret: bytes) -> bytes:
        """The bytes as they may lie on the disk."""
        ...

    def open(self, kept: bytes) -> bytes:
        """The secret bytes again.

        Raises:
            UserError: they were closed on another computer or by another person.
        """
        ...


class OwnerOnly:
    """Relies on the rights of the file alone: it is made readable by its owner and nobody else."""

    name = "owner"

    def close(self, secret: bytes) -> bytes:
        """The bytes as they are."""
        return secret

    def open(self, kept: bytes) -> bytes:
        """The bytes as they are."""
        return kept


class WindowsGuard:
    """DPAPI: Windows closes the bytes with a secret of the person who is logged in."""

    name = "dpapi"

    def close(self, secret: bytes) -> bytes:
        """The bytes closed for the person who is logged in.

        Raises:
            WorldError: Windows refuses.
        """
        closed = _dpapi("CryptProtectData", secret)
        if closed is None:
            raise WorldError(
                "signing.not_protected",
                "Windows 没有能够保护密钥，密钥没有保存。",
                "请用平时的账户登录 Windows 后再试。",
            )
        return closed

    def open(self, kept: bytes) -> bytes:
        """The bytes, for the person and the computer that closed them.

        Raises:
            UserError: another person or another computer did.
        """
        opened = _dpapi("CryptUnprotectData", kept)
        if opened is None:
            raise locked_elsewhere()
        return opened


def locked_elsewhere() -> UserError:
    """The sentence about a key file that this person cannot open on this computer."""
    return UserError(
        "signing.locked_elsewhere",
        "密钥文件受另一台电脑或另一个 Windows 用户保护，在这里打不开。",
        "请在原来的电脑上备份密钥，再到这里恢复；或停用这把密钥，启用新的。",
    )


def guard_here() -> KeyGuard:
    """The guard of this computer."""
    return WindowsGuard() if os.name == "nt" else OwnerOnly()


class _Blob(ctypes.Structure):
    _fields_ = (("size", ctypes.c_uint32), ("data", ctypes.POINTER(ctypes.c_char)))


def _dpapi(function: str, given: bytes) -> bytes | None:
    """What one of the two functions makes of the bytes; None where it refuses."""
    if sys.platform != "win32":
        return None
    ask_nobody = 1  # CRYPTPROTECT_UI_FORBIDDEN: no window of Windows' own
    buffer = ctypes.create_string_buffer(given, len(given))
    before = _Blob(len(given), ctypes.cast(buffer, ctypes.POINTER(ctypes.c_char)))
    after = _Blob()
    done = getattr(ctypes.windll.crypt32, function)(
        ctypes.byref(before), None, None, None, None, ask_nobody, ctypes.byref(after)
    )
    if not done:
        return None
    try:
        return ctypes.string_at(after.data, after.size)
    finally:
        ctypes.windll.kernel32.LocalFree(after.data)
