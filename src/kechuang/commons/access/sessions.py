# SPDX-License-Identifier: Apache-2.0
"""The store of sessions (会话): Django's in the database, with whose each one is, since when and from where."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from kechuang.commons.access.models import Session

ABOUT = "kc_about"


class SessionStore(DatabaseStore):
    """Keeps the account beside the data, so that its sessions can be listed and ended."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Our own table."""
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row of a session; ``data[ABOUT]`` is what was noted when it began."""
        row = super().create_model_instance(data)
        assert isinstance(row, Session)
        about = data.get(ABOUT) or {}
        row.user_id = int(data[SESSION_KEY]) if data.get(SESSION_KEY) else None
        row.started_at = dt.datetime.fromtimestamp(about["since"], dt.UTC) if "since" in about else None
        row.address, row.agent = about.get("address", ""), about.get("agent", "")
        return row
