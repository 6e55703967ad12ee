-- SPDX-License-Identifier: GPL-3.0-or-later
-- What somebody decided about groups of errors, in order; the newest decision about a group holds. Never changed, never
-- removed: undoing is another decision.
CREATE TABLE triage (
    number INTEGER PRIMARY KEY,
    group_key INTEGER NOT NULL,
    action TEXT NOT NULL,
    time INTEGER NOT NULL,
    release TEXT NOT NULL,
    is_after INTEGER NOT NULL,
    until INTEGER,
    events INTEGER NOT NULL,
    users INTEGER NOT NULL,
    until_escalating INTEGER NOT NULL,
    target INTEGER NOT NULL
) STRICT;
