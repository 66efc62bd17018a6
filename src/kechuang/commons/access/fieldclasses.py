# SPDX-License-Identifier: Apache-2.0
"""Classes of fields (字段分级) and how a sensitive value is masked (脱敏). Pure.

public      may stand on public pages and in open data
internal    what the guard of a page covers: every field that a model does not name
sensitive   personal: masked wherever it is shown, seen whole only by unmasking for a purpose, which is journaled

A model declares them: ``field_classes = {"phone": sensitive(_("手机"), "phone"), "name": PUBLIC}``. Where the fields of
a record are data, its room fills ``classes``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.functional import Promise

from kechuang.commons.kernel.ports import Port

STAR = "*"


@dataclass(frozen=True, slots=True)
class FieldClass:
    """The class of a field; of a sensitive one also its name for people, how its values are masked and read."""

    level: Literal["public", "internal", "sensitive"]
    label: str | Promise = ""
    mask: str = ""
    read: Callable[[Any], object] | None = None


PUBLIC, INTERNAL = FieldClass("public"), FieldClass("internal")


classes: Port[Callable[[Any], Mapping[str, FieldClass]]] = Port("access.field_classes")


listed: Port[Callable[[], Iterable[tuple[str, FieldClass]]]] = Port("access.sensitive_fields")
"""By kind of record, whose fields are data: every sensitive field of it, with what it belongs to."""


def sensitive(label: str | Promise, mask: str, read: Callable[[Any], object] | None = None) -> FieldClass:
    """A sensitive field. Raises KeyError for a mask that is not known."""
    if mask not in MASKS:
        raise KeyError(mask)
    return FieldClass("sensitive", label, mask, read)


def field_class(model: Any, name: str) -> FieldClass:
    """The class of a field of a model or a record."""
    meta = getattr(model, "_meta", None)
    room = classes.get(meta.label_lower) if meta is not None else None
    declared: Mapping[str, FieldClass] = room(model) if room else getattr(model, "field_classes", {})
    return declared.get(name, INTERNAL)


def value_of(thing: Any, name: str) -> object:
    """The value of a field, whole."""
    read = field_class(thing, name).read
    return read(thing) if read else getattr(thing, name)


def masked(value: object, mask: str) -> str:
    """The value with its middle hidden: 138****1234; of an identity number the first 3 and the last 2 stay."""
    text = str(value or "").strip()
    return _MASKS[mask](text) if text else ""


def _middle(text: str, first: int, last: int) -> str:
    """The first and the last characters; of a text too short for that, stars alone."""
    hidden = len(text) - first - last
    if hidden <= 0:
        return STAR * len(text)
    return f"{text[:first]}{STAR * hidden}{text[len(text) - last :]}"


def _email(text: str) -> str:
    name, at, domain = text.partition("@")
    return f"{name[:1]}{STAR * 3}{at}{domain}"


def _name(text: str) -> str:
    return f"{text[:1]}{STAR * (len(text) - 1)}"


_MASKS: dict[str, Callable[[str], str]] = {
    "phone": lambda text: _middle(text, 3, 4),
    "identity": lambda text: _middle(text, 3, 2),
    "passport": lambda text: _middle(text, 1, 2),
    "bank": lambda text: _middle(text, 4, 4),
    "email": _email,
    "name": _name,
    "all": lambda _text: STAR * 3,
}
MASKS = frozenset(_MASKS)
