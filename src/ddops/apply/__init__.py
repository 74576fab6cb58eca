"""Carries out a plan, change by change, and says what came of each."""
