# SPDX-License-Identifier: Apache-2.0
"""The demo's firms (演示数据): invented, seeded, and registered by the same actions that people use.

firms      names that say 演示, codes of a province that does not exist, districts of the city's content
history    which lists were published when, and who stood on them
building   the lists uploaded by one person of the demo and confirmed by another
"""

from kechuang.apps.ladder.demo.building import build_demo

__all__ = ("build_demo",)
