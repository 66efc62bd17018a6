# SPDX-License-Identifier: Apache-2.0
"""Forms of access, by the pages they stand on."""
