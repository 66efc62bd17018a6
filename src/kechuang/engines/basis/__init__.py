# SPDX-License-Identifier: Apache-2.0
"""What every engine stands on: Chinese numerals (`numerals`) and quantities with units (`quantities`)."""
