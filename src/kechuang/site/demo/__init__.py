# SPDX-License-Identifier: Apache-2.0
"""The demo year (演示年): people to be, a plan that lives, reports through the year; everything labelled 演示数据."""
