"""Sheets as offices keep them: a title above the head, Chinese headings, columns of their own, cells that several lines share."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.bulletins.feeds import BESIDE, NEEDED, BadFeed, Measure

#: What offices call the columns.
_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "id": ("编号", "政策编号", "项目编号"),
    "kind": ("类型", "类别", "政策类型", "政策类别", "扶持方式", "支持方式"),
    "name_zh": ("名称", "政策名称", "项目名称", "事项名称", "中文名称"),
    "name_en": ("英文名称", "政策英文名称"),
    "summary_zh": ("摘要", "简介", "政策内容", "主要内容", "支持内容", "扶持内容", "补贴标准", "支持标准", "扶持标准"),
    "summary_en": ("英文摘要", "英文简介"),
    "issuer_zh": ("发布单位", "发布部门", "发布机构", "发文单位", "发文机关", "主管部门", "责任单位", "牵头单位"),
    "issuer_en": ("发布单位英文名称", "英文发布单位"),
    "title_zh": ("文件名称", "文件标题", "政策依据", "文件依据"),
    "title_en": ("英文文件名称",),
    "number": ("文号", "发文字号", "文件号"),
    "date": ("发文日期", "发布日期", "印发日期", "成文日期"),
    "url": ("链接", "网址", "原文链接", "政策链接"),
    "region": ("地区", "区域", "适用地区", "适用区域", "适用范围", "实施地区"),
    "valid_from": ("生效日期", "开始日期", "施行日期", "实施日期", "申报开始日期", "开始时间"),
    "valid_until": ("截止日期", "截止时间", "有效期至", "失效日期", "结束日期", "申报截止日期"),
    "conditions_zh": ("条件", "申报条件", "申请条件", "支持条件", "支持对象", "适用对象"),
    "conditions_en": ("英文条件",),
    "documents_zh": ("材料", "申报材料", "申请材料", "所需材料"),
    "documents_en": ("英文材料",),
    "apply_zh": ("申报方式", "申请方式", "申报流程", "办理方式", "办理流程", "申报途径"),
    "apply_en": ("英文申报方式",),
    "bulletin_title_zh": ("通知标题",),
    "bulletin_title_en": ("英文通知标题",),
    "bulletin_body_zh": ("通知正文", "通知内容"),
    "bulletin_body_en": ("英文通知正文",),
}
_BY_HEADING = {heading: name for name, headings in _HEADINGS.items() for heading in headings} | {name: name for name in (*NEEDED, *BESIDE)}
#: Columns that are the office's own and say nothing of the measure.
_ASIDE = frozenset({"序号", "备注", "联系人", "联系电话", "联系方式", "咨询电话", "填报人", "审核人", ""})
#: So many rows may stand above the head; one that names so many columns is the head.
_ABOVE, _ENOUGH = 15, 3
_BESIDE_HEADING = re.compile(r"[（(\[【].*?[)）\]】]|[*＊\s:：]")


@dataclass(frozen=True)
class _Head:
    """Where the columns are: place in a row, name, and what stands there."""

    row: int
    columns: tuple[tuple[int, str, str], ...]


def measures_of(rows: Sequence[Sequence[Any]]) -> list[Measure]:
    """The measures of a sheet, the first row being row 1. Raises BadFeed where there is no head, or a column that is not known."""
    head = _head(rows)
    found = []
    for number, row in enumerate(rows[head.row :], head.row + 1):
        values = {name: row[at] for at, name, _ in head.columns if at < len(row)}
        is_head = _known(row) >= _ENOUGH  # a head of two lines
        if not is_head and any(str(value).strip() for value in values.values() if value is not None):
            places = {name: f"row {number}, column {_letter(at)} ({heading})" for at, name, heading in head.columns}
            found.append(Measure(values, f"row {number}", places))
    return found


def has_head(rows: Sequence[Sequence[Any]]) -> bool:
    """Whether measures can be read from a sheet; others explain how to fill it in."""
    return any(_known(row) >= _ENOUGH for row in rows[:_ABOVE])


def _head(rows: Sequence[Sequence[Any]]) -> _Head:
    for number, row in enumerate(rows[:_ABOVE], 1):
        if _known(row) < _ENOUGH:
            continue
        columns: list[tuple[int, str, str]] = []
        for at, cell in enumerate(row):
            heading, plain = str(cell or "").strip(), _plain(cell)
            name = _BY_HEADING.get(plain)
            if name is None and plain not in _ASIDE:
                known = ", ".join((*NEEDED, *BESIDE))
                raise BadFeed(
                    f"row {number}, column {_letter(at)}: nobody knows what {heading} is; known are {known}, and their Chinese names"
                )
            if name is not None and any(name == other for _, other, _ in columns):
                raise BadFeed(f"row {number}, column {_letter(at)}: {heading} is there twice")
            if name is not None:
                columns.append((at, name, " ".join(heading.split())))
        return _Head(number, tuple(columns))
    raise BadFeed(f"none of the first {_ABOVE} rows has the names of columns, such as kind, name_zh and issuer_zh, or 类型、名称、发布单位")


def _known(row: Sequence[Any]) -> int:
    return sum(_plain(cell) in _BY_HEADING for cell in row)


def _plain(cell: Any) -> str:
    """A heading without stars, brackets and line breaks."""
    return _BESIDE_HEADING.sub("", str(cell or ""))


def _letter(at: int) -> str:
    """The name of a column as sheets have it."""
    return (_letter(at // 26 - 1) if at >= 26 else "") + chr(ord("A") + at % 26)
