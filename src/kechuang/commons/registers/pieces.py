# SPDX-License-Identifier: Apache-2.0
"""Kind of content installed by registers: the definition of a register stands in ``definitions``."""

from kechuang.commons.registers.definitions import RegisterPiece

__all__ = ["RegisterPiece"]
