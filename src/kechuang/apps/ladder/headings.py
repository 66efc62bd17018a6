# SPDX-License-Identifier: Apache-2.0
"""The words that published lists use for their columns (表头)."""

from __future__ import annotations

from kechuang.commons.documents.headings import Headings

SYNONYMS: dict[str, tuple[str, ...]] = {
    "name": ("企业名称", "单位名称", "公司名称", "企业全称", "机构名称", "申报单位", "企业", "单位", "名称"),
    "uscc": ("统一社会信用代码", "社会信用代码", "统一信用代码", "信用代码", "统一代码"),
    "number": (
        "证书编号",
        "高企证书编号",
        "高新技术企业证书编号",
        "入库登记编号",
        "登记编号",
        "入库编号",
        "证书号",
        "编号",
    ),
    "valid_from": (
        "发证日期",
        "发证时间",
        "登记日期",
        "入库日期",
        "入库时间",
        "认定日期",
        "认定时间",
        "批准日期",
        "有效期起",
        "有效期自",
        "有效期开始",
    ),
    "valid_to": ("有效期至", "有效期止", "有效期截止", "有效期结束", "到期日期", "截止日期", "失效日期"),
    "term": ("有效期", "有效期年", "有效期年限", "有效年限", "有效期限"),
    "region": (
        "区县",
        "区县市",
        "区、县(市)",
        "所属区",
        "所属区县",
        "所属区县市",
        "所在区",
        "所在区县",
        "所在地",
        "所属地区",
        "所在地区",
        "地区",
        "属地",
        "辖区",
        "注册地",
    ),
    "index": ("序号", "序", "顺序号"),
}
HEADINGS = Headings(SYNONYMS)
WORDS = HEADINGS.words
