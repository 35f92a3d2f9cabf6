"""Entry. Runs under any Python, see entry.py."""
from entry import start

start()
