# SPDX-License-Identifier: Apache-2.0
"""The store of sessions (会话): Django's in the database, with whose each one is, since when and from where."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from kechuang.commons.access.models import Session, User
from kechuang.commons.kernel.memo import once_per_request

ABOUT = "kc_about"


@once_per_request
def accounts_read() -> dict[int, User]:
    """By id the accounts that came with the sessions of this request."""
    return {}


class SessionStore(DatabaseStore):
    """Keeps the account beside the data, so that its sessions can be listed and ended."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Our own table."""
        return Session

    def _get_session_from_db(self) -> Session | None:
        row: Session | None = super()._get_session_from_db()  # type: ignore[misc]
        if row is not None and row.user is not None:
            accounts_read()[row.user.pk] = row.user
        return row

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row of a session; ``data[ABOUT]`` is what was noted when it began."""
        row = super().create_model_instance(data)
        assert isinstance(row, Session)
        about = data.get(ABOUT) or {}
        row.user_id = int(data[SESSION_KEY]) if data.get(SESSION_KEY) else None
        row.started_at = dt.datetime.fromtimestamp(about["since"], dt.UTC) if "since" in about else None
        row.address, row.agent = about.get("address", ""), about.get("agent", "")
        return row
