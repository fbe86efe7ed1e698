"""What the office calls the columns of its tables, for the history's field-by-field lines."""

from __future__ import annotations

from collections.abc import Mapping

from models.entities.describe import Column, Entity, Kind, columns
from models.mentoring.records import Programme
from models.staff.institution_records import Institution
from models.staff.records import Teacher
from models.training.bodies import TrainerBody
from models.training.course import Course
from models.training.forms import ClaimForm
from models.training.records import TrainingRecord

_ENTITIES: Mapping[str, type[Entity]] = {
    "teacher": Teacher,
    "institution": Institution,
    "ledger_entry": TrainingRecord,
    "course": Course,
    "ledger_claim": ClaimForm,
    "trainer_body": TrainerBody,
    "programme": Programme,
}
_STORED = {
    "school_id": "school",
    "school_reported": "school",
    "parent_id": "parent",
    "parent_reported": "parent",
    "course_title": "course",
}
INSTITUTIONS = frozenset(
    {"school_id", "parent_id", "institution_id", "successor_id", "filed_by"}
    | {"mentor_school_id", "mentee_school_id", "town_id", "village_id", "other_school_id"}
)
"""Columns that hold the identity of an institution."""

TEACHERS = frozenset({"teacher_id", "mentor_id", "mentee_id"})
"""Columns that hold the identity of a teacher."""

_INNER = frozenset(
    {"name_pinyin", "name_initials", "title_key", "alias_key", "sha256", "signature", "body"}
    | {"content", "operation_id", "jpeg_base64", "record", "aspect_id"}
)
_WORDS = {
    "school_id": "学校",
    "institution_id": "机构",
    "successor_id": "并入机构",
    "teacher_id": "教师",
    "mentor_id": "师傅",
    "mentee_id": "徒弟",
    "mentor_school_id": "师傅单位",
    "mentee_school_id": "徒弟单位",
    "town_id": "帮扶学校",
    "village_id": "受扶学校",
    "other_school_id": "村级小学",
    "fixed": "固定",
    "signed_on": "签订日期",
    "agreement_no": "协议编号",
    "goals": "目标",
    "tasks": "任务",
    "result_on": "认定日期",
    "result_note": "认定依据",
    "place": "地点",
    "decision": "决定",
    "decided_on": "决定日期",
    "posted_on": "登记学时日期",
    "capacity": "可带人数",
    "part": "作为",
    "alias": "别名",
    "aliases": "别名",
    "aspect": "项目",
    "value": "内容",
    "starts_on": "开始日期",
    "ends_on": "结束日期",
    "note": "说明",
    "name": "名称",
    "code": "编号",
    "code_table": "代码表",
    "external": "上级代码",
    "hidden": "停用",
    "title": "名称",
    "year": "年度",
    "category": "类别",
    "level": "级别",
    "organizer": "主办单位",
    "start_date": "开始日期",
    "end_date": "结束日期",
    "pass_mark": "合格线",
    "status": "状态",
    "remark": "备注",
    "enrolled_on": "报名日期",
    "score": "成绩",
    "grade": "等次",
    "result": "结果",
    "answer": "答复",
    "source": "来源",
    "kind": "类别",
    "file_name": "文件",
    "imported_at": "导入时间",
    "person": "操作人",
    "inserted": "新增",
    "updated": "更新",
    "unchanged": "不变",
    "refused": "退回",
    "skipped": "略过",
    "warned": "提醒",
    "number": "编号",
    "reason": "原因",
    "stage": "学段",
    "seed": "随机种子",
    "attempt": "第几次",
    "drawn_at": "抽签时间",
    "frozen_at": "确定名单时间",
    "size": "人数",
    "filed_by": "申报单位",
    "approval": "批准状态",
    "state": "状态",
    "state_reason": "原因",
    "quota": "名额",
    "homework": "作业份数",
    "posts": "原创文章篇数",
    "quality": "交流质量",
    "lifted": "准予考试的原因",
    "held_on": "日期",
    "topic": "内容",
    "item": "项目",
    "weight": "权重",
    "what": "办理",
    "opinion": "意见",
    "valid_until": "有效期至",
    "deadline": "整改期限",
    "entered_by": "录入",
    "approved_by": "审核",
    "verified_by": "验证",
    "evidence": "佐证",
    "ground": "冲抵事由",
}
_HUNDREDTHS = {"hours": "学时", "credits": "学分"}


def column_of(table: str, name: str) -> Column | None:
    """What there is to say of a stored column; None for one that is no person's business.

    Args:
        table: the table.
        name: the column in it.
    """
    if name in _INNER:
        return None
    entity = _ENTITIES.get(table)
    found = columns(entity).get(_STORED.get(name, name)) if entity else None
    if found is not None:
        return found
    if name in _HUNDREDTHS:
        return Column(title=_HUNDREDTHS[name], kind=Kind.DECIMAL)
    return Column(title=_WORDS[name]) if name in _WORDS else None
