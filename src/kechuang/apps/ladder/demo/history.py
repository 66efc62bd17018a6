# SPDX-License-Identifier: Apache-2.0
"""Which invented lists were published when: batches of certificates with renewals, yearly entries of tech SMEs."""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from kechuang.apps.ladder.demo.firms import Firm, invented_code, invented_firms
from kechuang.apps.ladder.figures import HIGH_TECH, TECH_SME

SEED = 2019
FIRMS, CERTIFIED = 4200, 1500
Batch = tuple[dt.date, int, float]  # published, firms, share of them whose certificate is about to end
CERTIFICATES: tuple[Batch, ...] = (
    (dt.date(2016, 8, 18), 88, 0), (dt.date(2016, 10, 25), 74, 0), (dt.date(2016, 11, 14), 62, 0),
    (dt.date(2016, 12, 12), 47, 0), (dt.date(2017, 8, 22), 118, 0), (dt.date(2017, 10, 30), 171, 0),
    (dt.date(2017, 12, 18), 112, 0), (dt.date(2018, 7, 31), 137, 0), (dt.date(2018, 10, 12), 186, 0),
    (dt.date(2018, 11, 27), 143, 0), (dt.date(2019, 7, 22), 149, 0.3), (dt.date(2019, 9, 2), 163, 0.4),
)  # fmt: skip
ENTRIES: tuple[tuple[dt.date, int], ...] = (
    (dt.date(2017, 9, 20), 410), (dt.date(2017, 12, 15), 520), (dt.date(2018, 6, 29), 690),
    (dt.date(2018, 9, 28), 610), (dt.date(2018, 12, 21), 540), (dt.date(2019, 4, 26), 620),
    (dt.date(2019, 6, 28), 740), (dt.date(2019, 8, 30), 690), (dt.date(2019, 9, 27), 560),
)  # fmt: skip
DRAFT_DAY = dt.date(2019, 10, 12)


@dataclass(slots=True)
class Published:
    """A list as a file: what it is of, when it was published, and its lines (name, code, number, district)."""

    kind: str
    title: str
    day: dt.date
    lines: list[tuple[str, str, str, str]] = field(default_factory=list)
    draft: bool = False

    @property
    def file_name(self) -> str:
        """The file's name."""
        return f"{self.kind}-{self.day:%Y%m%d}.csv"

    def as_csv(self) -> bytes:
        """The file, as Excel writes CSV in Chinese."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow([self.title])
        writer.writerow(["序号", "企业名称", "统一社会信用代码", "证书编号", "发证日期", "所属区县"])
        for place, (name, code, number, region) in enumerate(self.lines, start=1):
            writer.writerow([place, name, code, number, self.day.isoformat(), region])
        return text.getvalue().encode("utf-8-sig")


class History:
    """All lists of the demo, the oldest first; the same on every machine."""

    def __init__(self, regions: Sequence[tuple[str, str]]) -> None:
        self.dice = random.Random(SEED)  # noqa: S311 -- a reproducible demo, not a secret
        self.firms = invented_firms(self.dice, regions, FIRMS)
        self.province = regions[0][0][:2] if regions else "00"
        self.serials: dict[int, int] = {}
        self.certificates: list[tuple[dt.date, Firm]] = []

    def lists(self) -> list[Published]:
        """Certificates, entries, and one list that is left as a draft."""
        found = self._certificates() + self._entries()
        return [*sorted(found, key=lambda one: (one.day, one.kind)), self._draft()]

    def _certificates(self) -> list[Published]:
        waiting = self.firms[:CERTIFIED]
        found = []
        for day, count, share in CERTIFICATES:
            ending = [firm for issued, firm in self.certificates if issued.year == day.year - 3]
            held = {firm for issued, firm in self.certificates if issued.year > day.year - 3}
            again = [firm for firm in ending if firm not in held][: int(count * share)]
            fresh, waiting = waiting[: count - len(again)], waiting[count - len(again) :]
            firms = again + fresh
            self.certificates += [(day, firm) for firm in firms]
            lines = [(firm.name, firm.code, self._certificate(day), firm.region) for firm in firms]
            found.append(Published(HIGH_TECH, self._title(day, _("高新技术企业")), day, lines))
        return found

    def _entries(self) -> list[Published]:
        found, entered, year = [], set[Firm](), 0
        for day, count in ENTRIES:
            if day.year != year:
                before, entered, year = entered, set(), day.year
            known = [firm for firm in self.firms if firm in before and firm not in entered]
            again = self.dice.sample(known, min(len(known), count // 2))
            taken = set(again)
            others = [
                firm
                for firm in self.firms
                if firm not in before and firm not in entered and firm not in taken
            ]
            firms = again + self.dice.sample(others, count - len(again))
            entered.update(firms)
            lines = [(firm.name, firm.code, self._entry(day, firm), firm.region) for firm in firms]
            found.append(Published(TECH_SME, self._title(day, _("科技型中小企业入库")), day, lines))
        return found

    def _draft(self) -> Published:
        """The newest batch: most lines are clear, twelve need a person."""
        day = DRAFT_DAY
        known = [firm for issued, firm in self.certificates if issued.year == day.year - 2]
        strange = [invented_code("000000", 9_000_000 + place) for place in range(2)]
        fresh = self.firms[CERTIFIED - 30 : CERTIFIED]
        lines = [(firm.name, firm.code, self._certificate(day), firm.region) for firm in fresh]
        odd = [
            *((firm.name.replace("演示", "演示新"), "", firm) for firm in known[:4]),
            *((f"演示跨界{place}号控股集团", firm.code, firm) for place, firm in enumerate(known[4:6], 1)),
            *((firm.name, firm.code[:-1] + _wrong(firm.code[-1]), firm) for firm in known[6:9]),
            *((firm.name, code, firm) for firm, code in zip(known[9:11], strange, strict=True)),
            ("演示无人认识有限公司", "", known[11]),
        ]
        lines += [(name, code, self._certificate(day), firm.region) for name, code, firm in odd]
        self.dice.shuffle(lines)
        return Published(HIGH_TECH, self._title(day, _("高新技术企业")), day, lines, draft=True)

    def _title(self, day: dt.date, what: str) -> str:
        words = _("%(year)s年%(month)s月%(what)s名单（演示数据）")
        return words % {"year": day.year, "month": day.month, "what": what}

    def _serial(self, year: int) -> int:
        self.serials[year] = self.serials.get(year, 0) + 1
        return self.serials[year]

    def _certificate(self, day: dt.date) -> str:
        return f"GR{day.year}{self.province}{900_000 + self._serial(day.year):06d}"

    def _entry(self, day: dt.date, firm: Firm) -> str:
        return f"{day.year}{firm.code[2:8]}0{self._serial(10_000 + day.year):07d}"


def _wrong(mark: str) -> str:
    return "A" if mark != "A" else "B"
