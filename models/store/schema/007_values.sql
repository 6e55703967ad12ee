-- SPDX-License-Identifier: GPL-3.0-or-later
-- Rollups keep durations as they were measured, and ids of features and screens at two more levels. What there is of older
-- ones goes: all of the time that was measured so far becomes a gap, which is scanned until it was filled again.
DROP TABLE rollups;
CREATE TABLE rollups (
    key INTEGER PRIMARY KEY,
    counts BLOB NOT NULL,
    users BLOB NOT NULL,
    sessions BLOB NOT NULL,
    others BLOB NOT NULL,
    durations BLOB NOT NULL,
    vals BLOB NOT NULL -- durations that are asked for by rank
) STRICT;

DELETE FROM rollup_due;
DELETE FROM rollup_gaps;
UPDATE rollup_state SET error = max(error, (SELECT coalesce(max(id), 0) FROM errors));
UPDATE state SET rolled_sequence = sequence;
-- Rounded outwards by up to a quarter more than needed, which does no harm; near the ends of time all there is.
INSERT INTO rollup_gaps
    SELECT CASE WHEN oldest < -9223371000000000000 THEN -9223372036854775808
                ELSE oldest / 900000000000 * 900000000000 - 900000000000 END,
           CASE WHEN newest > 9223371000000000000 THEN 9223372036854775807
                ELSE newest / 900000000000 * 900000000000 + 900000000000 END
    FROM state WHERE oldest IS NOT NULL;

-- When the rollups of a day (UTC) last said something else: numbers that only rise, so that readers may keep what they made of them.
CREATE TABLE rollup_changes (day INTEGER PRIMARY KEY, change INTEGER NOT NULL) STRICT;
ALTER TABLE rollup_state ADD COLUMN change INTEGER NOT NULL DEFAULT 1;  -- the newest one
ALTER TABLE rollup_state ADD COLUMN dropped INTEGER NOT NULL DEFAULT 1; -- the newest one that took something away

-- Which sessions go over from before a moment is asked of the last hour's, and of these.
CREATE INDEX sessions_long ON sessions (start) WHERE alias_of = 0 AND length > 3600000000000;
