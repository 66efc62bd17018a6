# SPDX-License-Identifier: Apache-2.0
"""The ladder app."""

from django.apps import AppConfig


class LadderConfig(AppConfig):
    """From published lists to qualifications that count themselves."""

    name = "kechuang.apps.ladder"
    label = "ladder"
