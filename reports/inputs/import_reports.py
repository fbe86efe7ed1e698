"""What an import did, as its record and the history have it."""

from __future__ import annotations

from models.exchange.batches import Batch
from models.exchange.plans import KIND_TITLES
from models.office.context import Office
from models.store.history import operation_of
from reports.documents.import_report import ImportReport

_FATES = {
    "data_rows": "数据行",
    "inserted": "新增",
    "updated": "更新",
    "unchanged": "不变",
    "refused": "未导入",
    "skipped": "跳过",
    "warned": "已导入请核对",
}
_WRITTEN = {"inserted": "新增", "changed": "修改", "deleted": "删除"}
_NO_PROBLEMS = "登记时没有未导入和要核对的行。"
_NOT_KEPT = (
    "数据文件只记行数；未导入和要核对的各行及原因，在导入时另存的错误工作簿里，"
    "没有存的，用原文件在“Excel 导入”中再看一次，会逐行列出。"
)


def import_report(office: Office, batch: Batch) -> ImportReport:
    """The report of an import that was applied; the problems of single rows are not kept."""
    counts = batch.counts
    done = operation_of(office.store, batch.operation_id)
    written = "，".join(
        f"{label}{_WRITTEN[how]} {count}"
        for label, fates in (done.counts.items() if done else ())
        for how, count in fates.items()
        if count and label != "导入记录"
    )
    facts = (
        ("文件", batch.file_name),
        ("内容", next((words for kind, words in KIND_TITLES.items() if kind == batch.kind), "")),
        ("导入时间", moment(batch)),
        ("操作人", batch.person),
        ("写入", written or "没有改动"),
        ("现状", "已撤销" if batch.undone else "有效"),
    )
    return ImportReport(
        title="导入报告",
        office=office.identity.name,
        printed_at=office.store.clock.now(),
        facts=tuple(fact for fact in facts if fact[1]),
        counts=tuple((words, getattr(counts, key)) for key, words in _FATES.items()),
        problems=None,
        note=_NOT_KEPT if counts.refused or counts.warned else _NO_PROBLEMS,
    )


def moment(batch: Batch) -> str:
    """When it was imported: ``2025-12-20 09:00``."""
    return batch.imported_at[:16].replace("T", " ")
