# SPDX-License-Identifier: Apache-2.0
"""One character for one: how the reader's eye folds width, brackets and traditional forms (繁体).

Folding never changes the length of a text, so a place in the folded text is a place in the written one.
`shown` keeps the characters as written except full-width digits and letters; `read` is what grammars match on.
"""

from __future__ import annotations

import re
from typing import Final

_ASCII: Final = {0xFF01 + i: 0x21 + i for i in range(94)}
_KEPT_WIDE: Final = {ord(char) for char in "（），：；！？"}
_SHOWN: Final = {wide: half for wide, half in _ASCII.items() if wide not in _KEPT_WIDE}

_MARKS: Final = str.maketrans(
    "()[]〔〕【】［］﹙﹚{},:;!?﹐﹑○〇﹔﹕–—―－﹣~〜∼˜﹪％\u3000\xa0\t",
    "（）（）（）（）（）（）（），：；！？，、〇〇；：———--～～～～%%   ",
)
_TRADITIONAL: Final = str.maketrans(
    "責任單處牽頭協辦負領導時達爭過於內萬億項個場種臺積額業務點標總體確較長增區縣廳員會門關專組實現設開發術創產學"
    "獎補貼資給獲極參與監財農環計劃動報認據舉進選徵築續規構條採號審眾兩雙廣優質類級際戶輛噸畝幣預數無為爲佔備來啟團"
    "隊聯綜統籌調轉讓證書網絡雲製藥醫療華東國強壓縮減傳輸術縣鄉鎮黨紀檢衛稅風險驗試擴儲庫軟車電氣節約華聚歷屆個們從"
    "間圍繞鍵訂簽題單銀機構園層劑復興攻維護遴線樹應對價貿適運營穩漲幾線樣滿練聘頒萬餘",
    "责任单处牵头协办负领导时达争过于内万亿项个场种台积额业务点标总体确较长增区县厅员会门关专组实现设开发术创产学"
    "奖补贴资给获极参与监财农环计划动报认据举进选征筑续规构条采号审众两双广优质类级际户辆吨亩币预数无为为占备来启团"
    "队联综统筹调转让证书网络云制药医疗华东国强压缩减传输术县乡镇党纪检卫税风险验试扩储库软车电气节约华聚历届个们从"
    "间围绕键订签题单银机构园层剂复兴攻维护遴线树应对价贸适运营稳涨几线样满练聘颁万余",
)
_THOUSANDS: Final = re.compile(r"(?<=\d)，(?=\d{3}(?!\d))")


def listed(words: str) -> tuple[str, ...]:
    """The words of a list written as one text: listed("力争|争取") is ("力争", "争取")."""
    return tuple(words.split("|"))


def fold_shown(text: str) -> str:
    """Full-width digits, letters and signs as half-width; Chinese punctuation stays."""
    return text.translate(_SHOWN)


def fold_read(text: str) -> str:
    """One form of brackets, commas, dashes; simplified keyword characters; `1,500` keeps its comma."""
    folded = text.translate(_SHOWN).translate(_MARKS).translate(_TRADITIONAL)
    return _THOUSANDS.sub(",", folded)
