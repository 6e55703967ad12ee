# SPDX-License-Identifier: GPL-3.0-or-later
# What a program that is not ours finds in an XLSX file, as JSON. Exit code 77: openpyxl is not installed.
import json
import sys

try:
    import openpyxl
except ImportError:
    sys.exit(77)


def plain(cell):
    if cell.data_type == "f":
        return "FORMULA"
    return str(cell.value) if hasattr(cell.value, "isoformat") else cell.value


book = openpyxl.load_workbook(sys.argv[1])
print(json.dumps([
    {"name": sheet.title, "frozen": sheet.freeze_panes, "rows": [[plain(cell) for cell in row] for row in sheet.iter_rows()]}
    for sheet in book
]))
