"""Multilayer perceptrons: the problem, its units and costs, and its calculation."""
