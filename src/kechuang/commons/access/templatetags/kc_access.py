# SPDX-License-Identifier: Apache-2.0
"""Personal values on pages: ``{% personal person "phone" %}``, ``{{ text|masked:"phone" }}``."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import template
from django.db.models import Model
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kechuang.commons.access import fieldclasses
from kechuang.commons.access.permissions import can_unmask
from kechuang.commons.access.personal import shown
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.ui.numbers import EMPTY

register = template.Library()


@register.filter
def masked(value: object, mask: str) -> str:
    """The value as anybody may see it."""
    return fieldclasses.masked(value, mask)


@register.filter
def last_day(until: dt.date | None) -> dt.date | None:
    """The last day of a half-open term, as people write it: 至（含当日）."""
    return until - dt.timedelta(days=1) if until else None


@register.simple_tag(takes_context=True)
def personal(context: dict[str, Any], thing: Model, field: str) -> SafeString | str:
    """A sensitive field of a record, masked; with a way to see it whole for those who may."""
    value = shown(thing, field)
    if not value:
        return EMPTY
    if not can_unmask(thing, context["request"].actor):
        return value
    address = reverse("access:unmask", args=[str(Ref.of(thing)), field])
    return format_html('{} <a href="{}">{}</a>', value, address, _("查看原文"))
