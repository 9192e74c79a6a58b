"""The key derived a second time, by sympy alone: the cost as one expression of all parameters, and its derivatives.

Nothing here uses a formula of the key's own route; what is read of it is the problem and the values to be confirmed.
"""
