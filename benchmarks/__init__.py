"""Measuring scripts: `python -m benchmarks.posting` and its neighbours print figures; docs/benchmarks.md keeps some.

They are not tests: nothing here fails when something is slow, only when both sides did not do the same work.
"""
