# SPDX-License-Identifier: Apache-2.0
"""Notices (消息): a person is told of a thing once, in the system, by mail, and a group by its robot.

kinds      what there is to tell, in words; rooms and the site register theirs
actions    ``send_notice`` keeps what is told and to whom; it sends nothing itself
hours      quiet hours and digests, pure
robots     the group robots of 企业微信 and 钉钉
tasks      what waits is sent by ``kechuang tick``, each once, and again where it failed
"""
