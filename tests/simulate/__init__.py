"""Eight people at work in one warehouse, all jobs at once, by a seed that replays exactly.

`python -m tests.simulate --steps 20000 --seed 7` plays a long shift; the suite plays short ones.
"""
