# SPDX-License-Identifier: Apache-2.0
"""``{{ person.phone|masked:"phone" }}``: a personal value with its middle hidden."""

from __future__ import annotations

from django import template

from kechuang.commons.access import fieldclasses

register = template.Library()


@register.filter
def masked(value: object, mask: str) -> str:
    """The value as anybody may see it."""
    return fieldclasses.masked(value, mask)
