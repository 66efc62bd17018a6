# SPDX-License-Identifier: Apache-2.0
"""The facts app."""

from django.apps import AppConfig


class FactsConfig(AppConfig):
    """What is measured, what was observed, what was promised as a number."""

    name = "kechuang.commons.facts"
    label = "facts"
