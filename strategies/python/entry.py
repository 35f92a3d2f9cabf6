"""Runs under any Python far enough to say that it is too old, Python 2 included: no newer syntax here."""
import json
import sys

OLDEST = (3, 8)


def start(ways=None):
    """Serves ways of this folder, or those that are given: the module of each strategy."""
    if sys.version_info < OLDEST:
        sys.stdin.readline()
        found = "%d.%d" % sys.version_info[:2]
        wanted = "%d.%d" % OLDEST
        print(json.dumps({"needs": "Python %s or newer (this one is %s)" % (wanted, found)}))
        sys.exit(0)

    import program

    program.serve(ways or program.WAYS)
