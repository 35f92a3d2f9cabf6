"""Numbers as they cross the border: a file of little-endian doubles, first the length of each list, then all numbers."""
import sys
from array import array


def read(message):
    """The lists of a file, each an array of doubles, or a list of ints where all numbers are."""
    numbers = array("d")
    with open(message["file"], "rb") as file:
        numbers.fromfile(file, message["lists"] + message["numbers"])
    little_endian(numbers)
    lists = []
    at = message["lists"]
    for length in numbers[: message["lists"]]:
        part = numbers[at : at + int(length)]
        lists.append(part)
        at += int(length)
    if message["form"] == "columns":
        return lists
    if message["values"] == "ints":
        return [[int(x) for x in part] for part in lists]
    return [part.tolist() for part in lists]


def write(path, lists):
    """Writes lists of anything that is a sequence of numbers, and says how many there are."""
    lengths = array("d", [len(part) for part in lists])
    little_endian(lengths)
    with open(path, "wb") as file:
        lengths.tofile(file)
        for part in lists:
            packed = array("d", part)
            little_endian(packed)
            packed.tofile(file)
    return {"lists": len(lists), "numbers": sum(len(part) for part in lists)}


def little_endian(numbers):
    if sys.byteorder == "big":
        numbers.byteswap()
