"""One module per strategy; each has a class Way."""
