# SPDX-License-Identifier: Apache-2.0
"""The lists of parties: organisations, regions, kinds of qualification."""
