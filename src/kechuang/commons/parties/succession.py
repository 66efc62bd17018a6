# SPDX-License-Identifier: Apache-2.0
"""What follows where one unit takes over from another (处室接续): rooms above move what is open to the successor."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.ports import Port
from kechuang.commons.parties.models import Unit

Succeed = Callable[[Unit, Unit, dt.date, Actor], int]
"""``(unit, successor, from this day on, actor)``: moves what is open, in the running transaction; how much it was."""

successions: Port[Succeed] = Port("parties.successions")
