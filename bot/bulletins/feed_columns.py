"""The columns of a list of measures: what files call them, and what offices do."""

from __future__ import annotations

from collections.abc import Mapping

#: What offices call the columns; the first is how a sentence names it in Chinese.
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "kind": ("类型", "类别", "政策类型", "政策类别", "扶持方式", "支持方式"),
    "name_zh": ("名称", "政策名称", "项目名称", "事项名称", "中文名称"),
    "summary_zh": ("主要内容", "摘要", "简介", "政策内容", "支持内容", "扶持内容", "补贴标准", "支持标准", "扶持标准"),
    "issuer_zh": ("发布单位", "发布部门", "发布机构", "发文单位", "发文机关", "主管部门", "责任单位", "牵头单位"),
    "id": ("编号", "政策编号", "项目编号"),
    "name_en": ("英文名称", "政策英文名称"),
    "summary_en": ("英文摘要", "英文简介"),
    "issuer_en": ("发布单位英文名称", "英文发布单位"),
    "title_zh": ("文件名称", "文件标题", "政策依据", "文件依据"),
    "title_en": ("英文文件名称",),
    "number": ("文号", "发文字号", "文件号"),
    "date": ("发文日期", "发布日期", "印发日期", "成文日期"),
    "url": ("链接", "网址", "原文链接", "政策链接"),
    "region": ("适用地区", "地区", "区域", "适用区域", "适用范围", "实施地区"),
    "valid_from": ("生效日期", "开始日期", "施行日期", "实施日期", "申报开始日期", "开始时间"),
    "valid_until": ("截止日期", "截止时间", "有效期至", "失效日期", "结束日期", "申报截止日期"),
    "conditions_zh": ("申报条件", "条件", "申请条件", "支持条件", "支持对象", "适用对象"),
    "conditions_en": ("英文条件",),
    "when": (),
    "documents_zh": ("申报材料", "材料", "申请材料", "所需材料"),
    "documents_en": ("英文材料",),
    "apply_zh": ("申报方式", "申请方式", "申报流程", "办理方式", "办理流程", "申报途径"),
    "apply_en": ("英文申报方式",),
    "bulletin_title_zh": ("通知标题",),
    "bulletin_title_en": ("英文通知标题",),
    "bulletin_body_zh": ("通知正文", "通知内容"),
    "bulletin_body_en": ("英文通知正文",),
}
#: The columns of a sheet, or the keys of an object; those in the first line cannot be left out.
NEEDED = ("kind", "name_zh", "summary_zh", "issuer_zh")
BESIDE = tuple(name for name in HEADINGS if name not in NEEDED)
BY_HEADING = {heading: name for name, headings in HEADINGS.items() for heading in headings} | {name: name for name in HEADINGS}


def called(name: str) -> dict[str, str]:
    """How a sentence names a column in each language."""
    return {"zh": f"“{next(iter(HEADINGS.get(name, ())), name)}”", "en": name}


def listed(*names: str) -> dict[str, str]:
    """Several of them."""
    return {"zh": "".join(called(name)["zh"] for name in names), "en": ", ".join(names)}
