"""What every decision needs: words."""

from __future__ import annotations

from models.errors import UserError


def need_words(text: str, what: str) -> str:
    """The words that go with a decision, without blanks around.

    Raises:
        UserError: there are none.
    """
    if not text.strip():
        raise UserError("training.no_reason", f"没有写{what}。", f"请写明{what}。")
    return text.strip()
