"""What the tests here share: comparing to the last bit, and cases by name."""

import struct
import sys
import time


def bits(text):
    return None if text is None else struct.pack(">d", float(text))


def same(found, expected, is_number):
    return bits(found) == bits(expected) if is_number else found == expected


def compare(name, found, expected, keys, numbers, texts):
    """Two lists of rows, by their keys: every column the same, numbers to the last bit. Returns how many rows there were."""
    by_key = {tuple(row[key] for key in keys): row for row in found}
    if len(by_key) != len(found) or len(found) != len(expected):
        raise AssertionError("%s: %d rows (%d keys), not %d" % (name, len(found), len(by_key), len(expected)))
    for row in expected:
        other = by_key.get(tuple(row[key] for key in keys))
        if other is None:
            raise AssertionError("%s: no row for %s" % (name, [row[key] for key in keys]))
        for column in numbers + texts:
            if not same(other[column], row[column], column in numbers):
                raise AssertionError("%s: %s of %s is %s, not %s" % (name, column, [row[key] for key in keys], other[column], row[column]))
    return len(expected)


def compare_assessments(name, found, expected):
    """Assessments by SQL, and those of a plan's one drop. The judgement of signals, and what is said of it, are the plan's."""
    for row in found + expected:
        row["unit"], row["reasons"] = row["unit"] or "", " ".join(code for code in (row["reasons"] or "").split() if not code.startswith("signal_"))
    return compare(name, found, expected, ["indicator", "unit"],
                   ["value", "baseline", "trajectory", "gap", "months_gap", "target", "chance", "last_target", "last_chance", "required_pace",
                    "achieved_pace", "safe_pace", "noise"],
                   ["as_at", "period", "state", "months_gap_bound", "due", "last_due", "expected", "expected_lo", "expected_hi", "basis", "position",
                    "outlook", "status", "mark", "variation", "assurance", "reasons"])


def run_cases(cases):
    """Call every function, say its name; exit 1 if any failed."""
    failed = 0
    for case in cases:
        began = time.time()
        try:
            said = case()
            print("ok      %s (%.1f s)%s" % (case.__name__, time.time() - began, "" if said is None else ": %s" % said), flush=True)
        except Exception as error:  # pylint: disable=broad-except
            failed += 1
            print("FAILED  %s: %.4000s" % (case.__name__, error), flush=True)
    sys.exit(1 if failed else 0)
