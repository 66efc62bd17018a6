# SPDX-License-Identifier: Apache-2.0
"""Changes of the calendar (``days``) and of limits (``timers``)."""
