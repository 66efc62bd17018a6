# SPDX-License-Identifier: Apache-2.0
"""Whose session it is (会话账号): the account read with the session, so that it is not asked for again."""

from __future__ import annotations

from django.contrib.auth.backends import ModelBackend

from kechuang.commons.access.models import User
from kechuang.commons.access.sessions import accounts_read


class AccountBackend(ModelBackend):
    """Django's own, by user name and password."""

    def get_user(self, user_id: int) -> User | None:
        """The account of a session that is opened again; whether it still works is looked at either way."""
        user = accounts_read().get(int(user_id))
        if user is None:
            return super().get_user(user_id)
        return user if self.user_can_authenticate(user) else None
