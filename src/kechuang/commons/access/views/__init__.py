# SPDX-License-Identifier: Apache-2.0
"""Pages of access.

sign_in       in, out, second factor, lost password, one-time links
own           what a person keeps for himself; factor: the own second factor
accounts      the system administrator's pages
grants        the security administrator's pages
delegations   acting for a colleague
onboarding    many accounts from one file
matrix        roles, pages, actions
personal      seeing whole what is masked, and who did
"""
