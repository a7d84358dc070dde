"""The goals of judging's arithmetic, measured: ``python -m benchmarks.judging``."""
