# SPDX-License-Identifier: Apache-2.0
"""One action a step: intake (upload, discard), settling (one line, all suggestions), registering (confirm, undo)."""
