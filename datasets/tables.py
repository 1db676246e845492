"""Read and write the CSV tables of a plan folder: UTF-8, LF, quotes only where RFC 4180 needs them."""
import csv
import os

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.join(HERE, "source")

# The contract's columns come first, in its order; what we add follows.
COLUMNS = {
    "themes": "theme title parent owner_role source_ref",
    "indicators": "indicator title theme kind measure_unit polarity frequency low high decimals tolerance near "
                  "owner_role source note formula year_to_date source_ref",
    "baselines": "indicator unit value qualifier as_at note role source_ref",
    "targets": "indicator unit due target note from to target_kind value comparator resolved source_ref",
    "comparators": "indicator comparator period value unit source_ref",
    "milestones": "milestone theme title due done indicator owner_role kind source_ref",
    "actions": "action theme title owner_role start due status progress barrier change_request new_due indicators "
               "rag group printed_ref timeline_due source_ref",
    "action_rag": "action as_at rag note source_ref",
    "risks": "risk title raised likelihood_before impact_before mitigation likelihood_after impact_after review_due "
             "reviewed progress indicators source_ref",
    "costs": "action item cost_gbp budget source_ref",
    "events": "indicator unit period kind title note",
    "readings": "indicator period value state note source_ref",
    "counted": "indicator period value numerator denominator state note",
}


def register_folder():
    """The shared folder that holds register/ and data/: $WAYMARK_SHARED, else ../shared beside the repository."""
    beside = os.path.join(HERE, "..", "..", "shared")
    return os.environ.get("WAYMARK_SHARED", beside)


def read(path):
    with open(path, newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def write(path, table, rows):
    """Write ROWS (dicts) as TABLE; a missing key is an empty field, an unknown one is a mistake."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS[table].split(), restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def write_text(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", newline="", encoding="utf-8") as file:
        file.write(text)
