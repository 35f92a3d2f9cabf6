"""One module per strategy; each has a class Way whose stages are the shares of an overhead."""
