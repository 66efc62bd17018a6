# SPDX-License-Identifier: Apache-2.0
"""The parties app."""

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    """Who there is, and what they hold on which day."""

    name = "kechuang.commons.parties"
    label = "parties"
