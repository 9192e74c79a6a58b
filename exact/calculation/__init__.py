"""Calculations as lists of named quantities, each with one formula; everything else is a reading of that formula."""
