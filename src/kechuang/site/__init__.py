# SPDX-License-Identifier: Apache-2.0
"""Floor 3: settings, addresses and the pages that join many rooms; nothing imports it."""
