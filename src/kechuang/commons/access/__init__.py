# SPDX-License-Identifier: Apache-2.0
"""Who may do what (权限): accounts, roles from content, grants with a scope, guarded addresses."""
