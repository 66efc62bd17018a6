# SPDX-License-Identifier: Apache-2.0
"""The figures app."""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """Numbers that open."""

    name = "kechuang.commons.figures"
    label = "figures"
