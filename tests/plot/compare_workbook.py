#!/usr/bin/env python3
"""Read pack.xlsx in another language, and hold every sheet of a table to its CSV file, and every input sheet to the plan's own table.

The reader is written here from ECMA-376 (shared strings, cells, number formats of dates), with nothing of Waymark's. Numbers must agree to
16 significant digits, all else to the letter. Nothing in the workbook may be a formula, and every table, chart and sheet that one part
names must be there. Every sheet prints one page wide. Prints `N passed, N failed`.

usage: compare_workbook.py (WAYMARK_COMMAND and WAYMARK_SOURCE in the environment)
"""
import csv
import datetime
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as tree
import zipfile

SOURCE, COMMAND = os.environ["WAYMARK_SOURCE"], os.environ["WAYMARK_COMMAND"]
PLANS = ["somerset-wsoa-2020", "somerset-app-2023", "south-glos-wsoa-2018"]
with open(os.path.join(SOURCE, "docs", "data-dictionary.md"), encoding="utf-8") as page:
    SHEETS = dict(re.findall("In `([a-z_]+)\\.csv`.*sheet “(.+?)”", page.read()))
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def unescape(text):
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), text)


class Workbook:
    def __init__(self, path):
        self.zip = zipfile.ZipFile(path)
        assert self.zip.testzip() is None
        shared = self.part("xl/sharedStrings.xml")
        self.shared = [unescape("".join(t.text or "" for t in item.iter(MAIN + "t"))) for item in shared.iter(MAIN + "si")]
        styles = self.part("xl/styles.xml")
        formats = {int(f.get("numFmtId")): f.get("formatCode") for f in styles.iter(MAIN + "numFmt")}
        self.is_date = ["yy" in formats.get(int(x.get("numFmtId")), "") for x in styles.find(MAIN + "cellXfs")]
        targets = {r.get("Id"): r.get("Target") for r in self.part("xl/_rels/workbook.xml.rels")}
        self.sheets = {s.get("name"): "xl/" + targets[s.get(REL + "id")] for s in self.part("xl/workbook.xml").iter(MAIN + "sheet")}

    def part(self, name):
        return tree.fromstring(self.zip.read(name))

    def rows(self, name):
        """Texts, floats and ISO dates by row and column."""
        grid = []
        for row in self.part(self.sheets[name]).iter(MAIN + "row"):
            cells = {}
            for cell in row:
                assert cell.find(MAIN + "f") is None, f"{name}: a formula"
                value = cell.find(MAIN + "v")
                if value is None:
                    continue
                column = 0
                for letter in re.match("[A-Z]+", cell.get("r"))[0]:
                    column = column * 26 + ord(letter) - 64
                if cell.get("t") == "s":
                    cells[column - 1] = self.shared[int(value.text)]
                elif self.is_date[int(cell.get("s", 0))]:
                    cells[column - 1] = (datetime.date(1899, 12, 30) + datetime.timedelta(days=int(value.text))).isoformat()
                else:
                    cells[column - 1] = float(value.text)
            grid.append(cells)
        return grid


def same(text, cell):
    if isinstance(cell, float):
        return text != "" and abs(float(text) - cell) <= 1e-15 * abs(cell)
    return text == (cell or "")


def differences(book, sheet, path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        lines = [line for line in csv.reader(file) if any(line)]
    rows = book.rows(sheet)
    rows = rows[:len(rows) - (len(lines) == 1 and len(rows) == 2)]
    if len(rows) != len(lines):
        yield f"{len(lines)} rows as CSV, {len(rows)} in the sheet"
    for i, (line, row) in enumerate(zip(lines, rows)):
        for k, text in enumerate(line):
            if not same(text.strip(), row.get(k)):
                yield f"row {i + 1}, column {k + 1}: {text!r} as CSV, {row.get(k)!r} in the sheet"


def unprintable(book, sheet):
    """What keeps a sheet from printing one page wide, with its header on each page and nothing beside its table."""
    part = book.part(book.sheets[sheet])
    fit, setup = part.find(f"{MAIN}sheetPr/{MAIN}pageSetUpPr"), part.find(MAIN + "pageSetup")
    if fit is None or fit.get("fitToPage") != "1" or setup is None or setup.get("fitToHeight") != "0" or setup.get("fitToWidth", "1") != "1":
        yield "not one page wide"
    if part.find(MAIN + "tableParts") is None or sheet == "Summary":
        return
    place = list(book.sheets).index(sheet)
    names = {d.get("name"): d.text for d in book.part("xl/workbook.xml").iter(MAIN + "definedName") if d.get("localSheetId") == str(place)}
    if not names.get("_xlnm.Print_Titles", "").endswith("!$1:$1"):
        yield "the header is on the first page alone"
    if "_xlnm.Print_Area" not in names:
        yield "no print area"


def other_measures(book, path):
    """Where the sheet for paper says another status, sentence or number of measures than the table, or leaves the sentence unprinted."""
    with open(path, encoding="utf-8", newline="") as file:
        wanted = [(row["status"], row["sentence"]) for row in csv.DictReader(file)]
    rows = book.rows("All measures")
    names = {name: column for column, name in rows[0].items()}
    if sorted(wanted) != sorted((row[names["status"]], row[names["sentence"]]) for row in rows[1:]):
        yield "another status or sentence than in assessments.csv"
    setup = book.part(book.sheets["All measures"]).find(MAIN + "pageSetup")
    areas = [d.text for d in book.part("xl/workbook.xml").iter(MAIN + "definedName") if (d.text or "").startswith("'All measures'!$A$1:$J$")]
    if not areas or setup.get("paperSize", "9") != "9":
        yield "its sentence is not printed on A4"


def check(plan):
    """(what, differences) of each sheet of a plan's workbook."""
    with tempfile.TemporaryDirectory() as place:
        copy, out = os.path.join(place, plan), os.path.join(place, "out")
        shutil.copytree(os.path.join(SOURCE, "datasets", plan), copy, ignore=shutil.ignore_patterns("waymark.db", "out"))
        subprocess.run([COMMAND, "run", copy, "--out", out, "--quiet"], check=True)
        book = Workbook(os.path.join(out, "pack.xlsx"))
        for name in sorted(n[:-4] for n in os.listdir(out) if n.endswith(".csv")):
            yield SHEETS[name], list(differences(book, SHEETS[name], os.path.join(out, name + ".csv")))
        for name in sorted(n[:-4] for n in os.listdir(copy) if n.endswith(".csv") and n[:-4] in book.sheets):
            yield name, list(differences(book, name, os.path.join(copy, name + ".csv")))
        n_exceptions = len(re.findall("xl/charts/chart", " ".join(book.zip.namelist()))) - 1
        with open(os.path.join(out, "assessments.csv"), encoding="utf-8", newline="") as file:
            wanted = sum(row["first_raised"] != "" for row in csv.DictReader(file))
        for sheet in book.sheets:
            yield f"{sheet}, printed", list(unprintable(book, sheet))
        yield "All measures", list(other_measures(book, os.path.join(out, "assessments.csv")))
        yield "Charts", [] if n_exceptions == wanted else [f"{n_exceptions} charts of {wanted} exceptions"]


n_passed = n_failed = 0
for plan in PLANS:
    for sheet, found in check(plan):
        n_passed, n_failed = n_passed + (not found), n_failed + bool(found)
        for one in found[:3]:
            print(f"{plan}, {sheet}: {one}")
print(f"{n_passed} passed, {n_failed} failed")
sys.exit(n_failed > 0 or n_passed == 0)
