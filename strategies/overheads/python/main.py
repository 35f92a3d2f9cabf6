"""Entry: the overheads of this folder, served as strategies/python serves its own. Runs under any Python, see there."""
import os
import sys

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "python"))

WAYS = {
    "list-copies": "overheads.list_copies",
    "packed": "overheads.packed",
    "pickle": "overheads.pickled",
    "process": "overheads.process",
}

if __name__ == "__main__":
    from entry import start

    start(WAYS)
