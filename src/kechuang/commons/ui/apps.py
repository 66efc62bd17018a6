# SPDX-License-Identifier: Apache-2.0
"""The look and the lists as a Django app."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The app ``ui``: no models."""

    name = "kechuang.commons.ui"
    label = "ui"
