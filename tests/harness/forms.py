# SPDX-License-Identifier: Apache-2.0
"""Every form that a page shows, filled in as somebody would fill it in, and sent (表单试填)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urldefrag, urljoin

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from harness.crawl import name_of
from kechuang.commons.kernel.models import Entry

OPEN = 200
LEFT = {"access:sign-out", "access:second-step", "demo-become", "demo-clock"}
USUAL = {
    "number": "1",
    "date": "2019-10-15",
    "datetime-local": "2019-10-15T09:00",
    "email": "a@example.cn",
    "tel": "13800000000",
    "month": "2019-10",
    "time": "09:00",
}


@dataclass
class Form:
    """A form of a page: where it is sent, and what it would send."""

    address: str
    said: dict[str, Any] = field(default_factory=dict)


class _Reader(HTMLParser):
    """Collects the forms that are posted, with what stands in their controls or might."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.page, self.found = page, list[Form]()
        self._form: Form | None = None
        self._select, self._options = "", list[tuple[str, bool]]()
        self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A form begins, a control stands in it."""
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            where = urldefrag(urljoin(self.page, said.get("action") or self.page)).url
            self._form = Form(where) if said.get("method", "").lower() == "post" else None
        elif self._form is not None and "disabled" not in said:
            self._control(self._form, tag, said)

    def _control(self, form: Form, tag: str, said: dict[str, str]) -> None:
        name = said.get("name", "")
        if tag == "option" and self._select:
            self._options.append((said.get("value", ""), "selected" in said))
        elif not name:
            return
        elif tag == "select":
            self._select, self._options = name, []
        elif tag == "textarea":
            self._area = name
            form.said.setdefault(name, "")
        elif tag == "button":
            form.said.setdefault(name, said.get("value", ""))
        elif tag == "input":
            self._input(form, name, said)

    def _input(self, form: Form, name: str, said: dict[str, str]) -> None:
        kind, value = said.get("type", "text"), said.get("value", "")
        if kind in {"checkbox", "radio"}:
            if "checked" in said or kind == "radio":
                form.said.setdefault(name, value or "on")
            elif "required" in said or name not in form.said:
                form.said[name] = value or "on"
        elif kind == "file":
            form.said[name] = SimpleUploadedFile("材料.txt", "试填。".encode())
        elif kind == "hidden":
            form.said[name] = value
        else:
            form.said[name] = value or USUAL.get(kind, "试填")

    def handle_data(self, data: str) -> None:
        """What stands in a text area."""
        if self._area and self._form is not None:
            self._form.said[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        """A control or a form ends."""
        form = self._form
        if form is None:
            return
        if tag == "select" and self._select:
            chosen = [value for value, selected in self._options if selected and value]
            offered = [value for value, _selected in self._options if value]
            form.said[self._select] = next(iter([*chosen, *offered]), "")
            self._select = ""
        elif tag == "textarea":
            form.said[self._area] = form.said[self._area].strip() or "试填"
            self._area = ""
        elif tag == "form":
            self.found.append(form)
            self._form = None


def forms_of(page: str, at: str) -> list[Form]:
    """The forms of a page that are posted, those of the frame around it left out."""
    reader = _Reader(at)
    reader.feed(page)
    return [form for form in reader.found if name_of(form.address) not in LEFT]


@dataclass(frozen=True)
class Sent:
    """A form that was sent: the page it stood on, where it went, what was answered, the act that was refused."""

    page: str
    address: str
    status: int
    refused: str = ""


def send_all(client: Client, addresses: Iterable[str]) -> Iterator[Sent]:
    """Every form of the pages that open, sent; whatever a form does is undone.

    That an act was refused is read in the journal: a page may tell it in its own words.
    """
    for address in addresses:
        answer = client.get(address)
        if answer.status_code != OPEN or not answer["Content-Type"].startswith("text/html"):
            continue
        for form in forms_of(answer.content.decode(), address):
            with transaction.atomic():
                last = Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
                status = client.post(form.address, form.said).status_code
                refused = Entry.objects.filter(pk__gt=last, outcome=Entry.Outcome.REFUSED).first()
                transaction.set_rollback(True)
            yield Sent(address, form.address, status, refused.verb if refused else "")
