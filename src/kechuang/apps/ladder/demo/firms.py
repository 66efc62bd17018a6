# SPDX-License-Identifier: Apache-2.0
"""Invented firms: nobody can take them for real ones."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from stdnum.cn import uscc

NOWHERE = "99"  # no province has this code, so that no invented code is a real firm's
BRANDS = "启明远航恒泰瑞科云帆智汇新联华创博中拓安信宏图德诚力行佳合卓越方正嘉业永兴"
FIELDS = (
    "智能科技", "精密机械", "新材料", "信息技术", "生物科技", "自动化设备", "节能环保", "电子科技",
    "软件开发", "机器人", "航空零部件", "医疗器械", "数控装备", "汽车零部件", "仪器仪表", "新能源",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Firm:
    """An invented firm."""

    name: str
    code: str
    region: str

    def renamed(self, name: str) -> Firm:
        """The same firm under another name."""
        return replace(self, name=name)


def invented_firms(dice: random.Random, regions: Sequence[tuple[str, str]], count: int) -> list[Firm]:
    """Firms with names all different, in districts given as (code, name), more in the first of them."""
    weights = [1 / (place + 2) for place in range(len(regions))]
    names = dice.sample(list(_names()), count)
    found = []
    for serial, name in enumerate(names):
        code, region = dice.choices(regions, weights)[0] if regions else ("000000", "")
        found.append(Firm(name, invented_code(code, serial), region))
    return found


def invented_code(region: str, serial: int) -> str:
    """A social credit code whose check digit is right and whose province does not exist."""
    body = f"91{NOWHERE}{region[2:6]:0>4}MA{serial:07d}"
    return body + str(uscc.calc_check_digit(body))


def _names() -> Iterator[str]:
    pairs = [(one, other) for one in BRANDS for other in BRANDS if one != other]
    for one, other in pairs:
        for field in FIELDS:
            yield f"演示{one}{other}{field}有限公司"
