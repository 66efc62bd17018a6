# SPDX-License-Identifier: Apache-2.0
"""Pages of figures: ``numbers`` shows them, ``entering`` takes in what offices report."""
