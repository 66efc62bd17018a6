# SPDX-License-Identifier: Apache-2.0
"""Values encrypted at rest (加密存储): the one place that names a cipher, so that another can take its place.

AES-128-CBC with HMAC-SHA256 (Fernet) under keys derived from SECRET_KEY and SECRET_KEY_FALLBACKS.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import hmac
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.translation import gettext as _

from kechuang.commons.kernel.problems import Problem


@functools.lru_cache(maxsize=4)
def _box(secrets: tuple[str, ...]) -> MultiFernet:
    keys = [hmac.digest(secret.encode(), b"kechuang.access.ciphers", hashlib.sha256) for secret in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])


def _current() -> MultiFernet:
    return _box((settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


def seal(text: str) -> str:
    """The text encrypted; nothing stays nothing."""
    return _current().encrypt(text.encode()).decode() if text else ""


def unseal(stored: str) -> str:
    """The text again. Raises Problem where the key it was sealed under is gone."""
    if not stored:
        return ""
    try:
        return _current().decrypt(stored.encode()).decode()
    except InvalidToken:
        raise Problem(
            _("加密保存的内容无法解密，站点密钥已经更换。"),
            remedy=_("请系统管理员把原密钥写入 KECHUANG_SECRET_KEY_FALLBACKS。"),
        ) from None


def sealed(column: str) -> Any:
    """A property whose text is kept encrypted in another column (``phone`` in ``phone_sealed``)."""
    return property(
        lambda thing: unseal(getattr(thing, column)), lambda thing, text: setattr(thing, column, seal(text))
    )
