-- SPDX-License-Identifier: GPL-3.0-or-later
-- Ids that were given are not given again, whatever is removed.
ALTER TABLE state ADD COLUMN last_segment INTEGER NOT NULL DEFAULT 0;
ALTER TABLE state ADD COLUMN last_session INTEGER NOT NULL DEFAULT 0;

-- What was removed, and when: one row a day and reason.
CREATE TABLE removals (
    day INTEGER NOT NULL,      -- of the removal, since 1970
    reason TEXT NOT NULL,      -- age, size or person
    oldest INTEGER NOT NULL,   -- times of the records removed
    newest INTEGER NOT NULL,
    records INTEGER NOT NULL,
    sessions INTEGER NOT NULL,
    PRIMARY KEY (day, reason)
) STRICT, WITHOUT ROWID;
