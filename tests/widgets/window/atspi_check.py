#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Walks the window over the accessibility bus, as a screen reader does: no control without a name, no chart without a table.

    dbus-run-session -- xvfb-run -a atspi_check.py PROGRAM

PROGRAM is atspi_window. Exit codes: 0 fine, 1 something was found (said on stderr), 77 the bus or its bindings are not there.
"""
import os
import subprocess
import sys
import time

try:
    import pyatspi
except (ImportError, ValueError) as problem:
    print(f"no pyatspi: {problem}", file=sys.stderr)
    sys.exit(77)

LAUNCHER = "/usr/libexec/at-spi-bus-launcher"
VIEWS = ["overview", "usage", "usage 1", "sessions", "errors", "performance", "performance 1", "journeys", "journeys 1",
         "journeys 2", "reports", "sources", "settings"]
CONTROLS = {getattr(pyatspi, name) for name in
            "ROLE_PUSH_BUTTON ROLE_TOGGLE_BUTTON ROLE_CHECK_BOX ROLE_RADIO_BUTTON ROLE_COMBO_BOX ROLE_ENTRY ROLE_TEXT ROLE_LIST "
            "ROLE_MENU_ITEM ROLE_PAGE_TAB ROLE_PAGE_TAB_LIST ROLE_PROGRESS_BAR ROLE_SLIDER ROLE_SPIN_BUTTON ROLE_TABLE ROLE_TREE "
            "ROLE_CHART ROLE_IMAGE ROLE_LINK ROLE_DIALOG".split()}
LONGEST_WAIT = 60


def walk(node, path, visit, depth=0):
    """Calls visit(node, path) for everything that is shown."""
    if node is None or depth > 40:
        return
    states = node.getState()
    if depth > 0 and not states.contains(pyatspi.STATE_VISIBLE):
        return
    here = f"{path}/{node.getRoleName()}“{node.name[:30]}”"
    visit(node, here)
    if node.getRole() in (pyatspi.ROLE_TABLE, pyatspi.ROLE_LIST, pyatspi.ROLE_TREE, pyatspi.ROLE_CHART):
        return  # what is in them are cells
    for index in range(node.childCount):
        walk(node.getChildAtIndex(index), here, visit, depth + 1)


def check_chart(node, here, problems):
    try:
        table = node.queryTable()
    except NotImplementedError:
        problems.append(f"a chart without a table: {here}")
        return
    if table.nRows < 1 or table.nColumns < 1:
        problems.append(f"an empty table: {here}")
        return
    cells = [table.getAccessibleAt(table.nRows - 1, column) for column in range(table.nColumns)]
    if not any(cell is not None and cell.name for cell in cells):
        problems.append(f"an empty row: {here}")
    if not node.description:
        problems.append(f"no summary: {here}")


def find_application():
    end = time.monotonic() + LONGEST_WAIT
    while time.monotonic() < end:
        for application in pyatspi.Registry.getDesktop(0):
            if application and application.name == "telltale-atspi":
                return application
        time.sleep(0.2)
    return None


def main():
    if not os.path.exists(LAUNCHER):
        print("no at-spi bus launcher", file=sys.stderr)
        return 77
    bus = subprocess.Popen([LAUNCHER, "--launch-immediately"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    environment = dict(os.environ, QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1", QT_QPA_PLATFORM="xcb")
    program = subprocess.Popen([sys.argv[1]], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, text=True)
    problems, controls, charts = [], 0, 0
    try:
        if program.stdout.readline().strip() != "ready":
            print("the window did not come up", file=sys.stderr)
            return 1
        application = find_application()
        if application is None:
            print("the window is not on the bus", file=sys.stderr)
            return 1
        for view in VIEWS:
            program.stdin.write(view + "\n")
            program.stdin.flush()
            if program.stdout.readline().strip() != "ready":
                problems.append(f"{view}: never settled")
                continue
            found = {"controls": 0, "charts": 0}

            def visit(node, here):
                role = node.getRole()
                if role not in CONTROLS:
                    return
                found["controls"] += 1
                if not node.name.strip():
                    problems.append(f"{view}: no name: {here}")
                if role == pyatspi.ROLE_CHART:
                    found["charts"] += 1
                    check_chart(node, f"{view}: {here}", problems)

            application.clear_cache()
            for index in range(application.childCount):
                walk(application.getChildAtIndex(index), "", visit)
            print(f"{view}: {found['controls']} controls, {found['charts']} charts")
            if found["controls"] < 20:
                problems.append(f"{view}: only {found['controls']} controls were found")
            controls += found["controls"]
            charts += found["charts"]
        if charts < 8:
            problems.append(f"only {charts} charts were found")
        program.stdin.write("quit\n")
        program.stdin.flush()
        program.wait(timeout=20)
    finally:
        program.kill()
        bus.terminate()
    for problem in problems:
        print(problem, file=sys.stderr)
    print(f"{controls} controls, {charts} charts, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
