"""What `make bench-anonymity` measures, by what is looked for."""
