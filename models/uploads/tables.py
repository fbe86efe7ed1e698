"""What of the uploads room is journalled, in which merge units."""

from __future__ import annotations

from models.store.tracking import Tracked

FORM = ("name", "text", "book_id")
BOOK = ("file_name", "sha256", "content_base64")
UPLOAD = (
    "form", "title", "year", "scope", "built_at", "person", "file_name", "sha256", "row_count",
    "part", "parts", "form_text", "book_id",
)  # fmt: skip
ROW = ("upload_id", "place", "subject_id", "teacher_id", "caption", "row_key", "cells", "held")
OUTCOME = ("state", "message", "number", "returned_on")
RETURN = ("form", "file_name", "sha256", "read_at", "person", "accepted", "refused", "unknown")
NUMBER = ("teacher_id", "receiver", "number", "given_on", "source")
TRANSFER = ("teacher_id", "receiver", "direction", "from_school", "to_school", "filed_on", "note")
COUNTY = ("form", "year", "region", "county", "file_name", "sha256", "taken_at", "person")
COUNTY_ROW = ("county_upload_id", "place", "row_key", "cells")
STEP = ("transfer_id", "step", "what", "person", "happened_on", "opinion")

TRACKED = (
    Tracked("upload_book", {"row": BOOK}, label="上级空表", caption="file_name"),
    Tracked("upload_form", {"row": FORM}, label="上报表"),
    Tracked("upload", {"row": UPLOAD, "sent": ("sent_on",)}, label="上报", caption="file_name"),
    Tracked("upload_row", {"row": ROW, "outcome": OUTCOME}, label="上报的一行", caption="caption"),
    Tracked("upload_return", {"row": RETURN}, label="上报结果", caption="file_name"),
    Tracked("given_number", {"row": NUMBER}, label="上级编号", caption="number"),
    Tracked(
        "upload_transfer", {"row": TRANSFER, "state": ("state",)}, label="上级系统中的调动",
        caption="to_school",
    ),
    Tracked("upload_transfer_step", {"row": STEP}, label="调动办理", caption="what"),
    Tracked("county_upload", {"row": COUNTY}, label="县里报来的表", caption="file_name"),
    Tracked("county_row", {"row": COUNTY_ROW}, label="县里报来的一行"),
)  # fmt: skip
