# SPDX-License-Identifier: Apache-2.0
"""The commitments app."""

from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    """What was promised, by whom, until when, and what shows it."""

    name = "kechuang.commons.commitments"
    label = "commitments"
