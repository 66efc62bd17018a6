# SPDX-License-Identifier: Apache-2.0
"""Changes of facts.

installing  definitions and published values from content
promising   targets as promised
entering    values that offices enter, verified by a second person
"""

from kechuang.commons.facts.actions.entering import (
    enter_observation,
    enter_observations,
    return_observation,
    verify_observation,
)
from kechuang.commons.facts.actions.installing import install_indicators, install_observations
from kechuang.commons.facts.actions.promising import set_target

__all__ = [
    "enter_observation",
    "enter_observations",
    "install_indicators",
    "install_observations",
    "return_observation",
    "set_target",
    "verify_observation",
]
