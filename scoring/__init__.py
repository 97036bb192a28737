"""Scoring: default probability, likely limits, real annual cost and the order in which to approach lenders. Pure code."""
