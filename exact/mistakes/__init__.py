"""Known mistakes of the hand calculation, each a runnable variant of the step that it varies."""

from exact.mistakes.backward import HIDDEN_DELTA, OUTPUT_DELTA
from exact.mistakes.forward import ACTIVATION, DERIVATIVE, OUTPUT, PRE_ACTIVATION
from exact.mistakes.mistake import Mistake, cell_with
from exact.mistakes.updates import BIASES, WEIGHTS

__all__ = ["MISTAKES", "Mistake", "cell_with"]

MISTAKES = (*PRE_ACTIVATION, *ACTIVATION, *DERIVATIVE, *OUTPUT, *OUTPUT_DELTA, *HIDDEN_DELTA, *WEIGHTS, *BIASES)
"""All that are known, each at the kind of cell where it shows."""
