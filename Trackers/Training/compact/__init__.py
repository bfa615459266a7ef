"""Training of the compact weights that trackbench brings along: everything but the networks, which are in `networks`."""
