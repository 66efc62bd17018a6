# SPDX-License-Identifier: Apache-2.0
"""Documents (文书): files kept once by their content, with who may read them."""
