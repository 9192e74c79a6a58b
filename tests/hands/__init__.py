"""Simulated students who write their calculation up as documents: how they write, and what damages it.

What stands in a document is known from the writing of it; nothing here comes from the reader.
"""
