# SPDX-License-Identifier: Apache-2.0
"""The API (接口): tokens with their own narrower permissions, one shape of pages and of problems.

Rooms declare a router in their ``api.py``; ``site.api`` gathers those of the installed rooms.
"""
