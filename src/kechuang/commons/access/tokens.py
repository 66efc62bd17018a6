# SPDX-License-Identifier: Apache-2.0
"""Secrets kept only as digests (一次性口令): tokens of links, recovery codes; and the codes of a generator."""

from __future__ import annotations

import hashlib
import hmac
import secrets

import pyotp
from django.conf import settings

STEP_SECONDS, RECOVERY_CODES = 30, 10
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another


def new_token() -> str:
    """256 bits for an address."""
    return secrets.token_urlsafe(32)


def new_recovery_codes() -> list[str]:
    """Ten codes to be written down, of 49 bits each."""
    halves = ["".join(secrets.choice(_LETTERS) for _mark in range(5)) for _half in range(2 * RECOVERY_CODES)]
    return [f"{one}-{other}" for one, other in zip(halves[::2], halves[1::2], strict=True)]


def digest_of(secret: str) -> str:
    """What is kept of a secret: a digest under the site's key."""
    return hmac.digest(settings.SECRET_KEY.encode(), secret.encode(), hashlib.sha256).hex()


def new_generator() -> str:
    """The key of a new code generator."""
    return pyotp.random_base32()


def generator_address(key: str, *, account: str, issuer: str) -> str:
    """The otpauth address that an authenticator app reads from a QR code."""
    return pyotp.TOTP(key).provisioning_uri(name=account, issuer_name=issuer)


def step_of(key: str, code: str, *, at: float, after: int) -> int | None:
    """The 30-second step a code belongs to: this one or a neighbour, and later than ``after``; None where it does not.

    A step spent once is never taken again (RFC 6238, 5.2).
    """
    generator, now = pyotp.TOTP(key), int(at) // STEP_SECONDS
    fitting = [
        step
        for step in (now - 1, now, now + 1)
        if hmac.compare_digest(generator.at(step * STEP_SECONDS).encode(), code.encode())
    ]
    return next((step for step in fitting if step > after), None)
