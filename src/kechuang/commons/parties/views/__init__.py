# SPDX-License-Identifier: Apache-2.0
"""Pages of parties.

organizations    the list, one organisation and the parts of its page, registering and keeping it
merging          two entries side by side, merged, taken apart
qualifications   registering, correcting, revoking; kinds
lists            lists of organisations from the file to the register and back; pairs
stock            who held what on any day, by region, and the list behind each number
places           regions
units            offices and who leads them
"""
