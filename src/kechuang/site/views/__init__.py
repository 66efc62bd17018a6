# SPDX-License-Identifier: Apache-2.0
"""Pages that join many rooms."""
