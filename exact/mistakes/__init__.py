"""Known mistakes of the hand calculation, each a runnable variant of the step that it varies."""

from exact.mistakes.backward import HIDDEN_DELTA, OUTPUT_DELTA, SQUARED_DELTA
from exact.mistakes.formulas import FORMULAS, NEW_VALUES
from exact.mistakes.forward import ACTIVATION, COST_MISTAKES, DERIVATIVE, OUTPUT, PRE_ACTIVATION
from exact.mistakes.mistake import Mistake, cell_with
from exact.mistakes.optimizers import OPTIMIZERS
from exact.mistakes.paths import PATHS
from exact.mistakes.updates import BIASES, GRADIENTS, TAKEN, WEIGHTS

__all__ = ["MISTAKES", "Mistake", "cell_with"]

MISTAKES = (
    *(*PRE_ACTIVATION, *ACTIVATION, *DERIVATIVE, *OUTPUT, *COST_MISTAKES),
    *(*SQUARED_DELTA, *OUTPUT_DELTA, *HIDDEN_DELTA, *GRADIENTS, *WEIGHTS, *BIASES, *TAKEN),
    *(*OPTIMIZERS, *FORMULAS, *PATHS, *NEW_VALUES),
)
"""All that are known, each at the steps where it shows."""
