"""How fast the engine is, as ratios: `make bench`, or `PYTHONPATH=tests/benchmarks python -m speed --help`."""
