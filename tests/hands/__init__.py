"""Simulated students who write their calculation up as documents: what they write, in which habits, and how it is damaged.

What stands in a document is known from the writing of it; nothing here comes from the reader.
"""
