# SPDX-License-Identifier: Apache-2.0
"""What the shell needs on every page; each is worked out only when the page shows it."""

from __future__ import annotations

from functools import cache, lru_cache, partial
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from kechuang.commons.ui.badges import badges_for
from kechuang.commons.ui.navigation import navigation_for

PRODUCT = getattr(settings, "PRODUCT_NAME", _("科创"))


def shell(request: HttpRequest) -> dict[str, Any]:
    """``navigation``, ``badges``, ``product``, ``product_version``, ``search_url``.

    The site's own context processor may add ``city_name``, ``bureau_name``, and ``clock``
    (``label``, ``is_set``).
    """
    return {
        "navigation": partial(navigation_for, request),
        "badges": partial(badges_for, request),
        "product": PRODUCT,
        "product_version": _version,
        "search_url": _search_url,
    }


@cache
def _version() -> str:
    try:
        return version("kechuang")
    except PackageNotFoundError:
        return ""


def _search_url() -> str:
    """The address of the global search (``settings.UI_SEARCH_URL_NAME``), or nothing where there is none."""
    return _reversed(getattr(settings, "UI_SEARCH_URL_NAME", ""))


@lru_cache(maxsize=8)
def _reversed(name: str) -> str:
    if not name:
        return ""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
