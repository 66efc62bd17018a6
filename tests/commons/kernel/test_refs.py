# SPDX-License-Identifier: Apache-2.0
"""Pointers: written and read; what no record can have as its key points nowhere."""

from __future__ import annotations

import pytest

from kechuang.commons.kernel.refs import Ref, resolve_many
from kechuang.commons.parties.models import Organization


def test_a_pointer_is_read_as_it_is_written() -> None:
    assert Ref.parse("parties.organization:12") == Ref("parties.organization", "12")
    assert str(Ref("parties.organization", "12")) == "parties.organization:12"


@pytest.mark.parametrize("key", ["", "x", "-1", "1.5", "１", "9" * 20, "1 or 1=1", "..%2f"])
def test_a_key_that_no_record_can_have_is_no_pointer(key: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        Ref.parse(f"parties.organization:{key}")
    with pytest.raises(LookupError):
        Ref("parties.organization", key or "x").fetch()


@pytest.mark.parametrize("text", ["", "parties", "parties:1", "a.b.c:1", "organization:1"])
def test_a_text_without_a_kind_is_no_pointer(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        Ref.parse(text)


@pytest.mark.django_db
def test_impossible_and_vanished_pointers_show_themselves() -> None:
    there = Ref.of(Organization.objects.create(name="云川启明有限公司"))
    odd = [Ref("parties.organization", "9" * 25), Ref("parties.organization", "999"), Ref("no.such", "x")]
    shown = resolve_many([there, *odd])
    assert shown[there].title == "云川启明有限公司"
    assert [(shown[ref].title, shown[ref].url) for ref in odd] == [(str(ref), "") for ref in odd]
