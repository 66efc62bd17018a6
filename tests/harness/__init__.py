# SPDX-License-Identifier: Apache-2.0
"""What drives the product in a real browser, for ``tests/journeys`` and ``tests/pages``.

site      the demo year, built once for a state of the code; a served copy for each journey
visitor   somebody who works in a browser and accepts no error of server, script or content policy
records   what people do with records of registers
proofs    which journeys passed on this very code (走通记录)
crawl     every page that a person reaches by links
"""
