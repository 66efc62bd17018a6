# SPDX-License-Identifier: Apache-2.0
"""The program's command line: ``./kechuang plan import FILE``, ``./kechuang journal verify`` and more."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run a command; the settings are the site's."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kechuang.site.settings")
    execute_from_command_line(["kechuang", *sys.argv[1:]])


if __name__ == "__main__":
    main()
