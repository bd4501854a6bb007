"""Site files that come with the program: `start.yaml` for `aisle init`, `demo.yaml` for `aisle demo`."""
