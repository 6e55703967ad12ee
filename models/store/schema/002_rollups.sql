-- SPDX-License-Identifier: GPL-3.0-or-later
-- Rollups by edition, kind of subject and level, as a cache over segments and errors. What there is of older ones goes: all
-- of the time that was measured so far becomes a gap, which is scanned until it was filled again in the background.
DROP TABLE rollups;

-- Parts of buckets; see rolluptable.cpp for the key. Columns begin with checksums seeded with it.
CREATE TABLE rollups (
    key INTEGER PRIMARY KEY,
    counts BLOB NOT NULL,
    users BLOB NOT NULL,
    sessions BLOB NOT NULL,
    others BLOB NOT NULL,
    durations BLOB NOT NULL
) STRICT;

-- Buckets to be built, or made one part of several.
CREATE TABLE rollup_due (
    level INTEGER NOT NULL,
    bucket INTEGER NOT NULL,
    PRIMARY KEY (level, bucket)
) STRICT, WITHOUT ROWID;

-- Whole quarters of an hour that rollups say nothing about.
CREATE TABLE rollup_gaps (start INTEGER PRIMARY KEY, stop INTEGER NOT NULL) STRICT;

CREATE TABLE rollup_state (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    minutes_from INTEGER NOT NULL, -- before it, quarters are the finest
    error INTEGER NOT NULL         -- errors up to this id are in the rollups; ids are not used again
) STRICT;
INSERT INTO rollup_state SELECT 1, -9223372036854775808, coalesce(max(id), 0) FROM errors;

-- What counts are kept apart by.
CREATE TABLE editions (
    id INTEGER PRIMARY KEY,
    product TEXT NOT NULL,
    environment TEXT NOT NULL,
    release TEXT NOT NULL,
    UNIQUE (product, environment, release)
) STRICT;

UPDATE state SET rolled_sequence = sequence;
-- Rounded outwards by up to a quarter more than needed, which does no harm; near the ends of time all there is.
INSERT INTO rollup_gaps
    SELECT CASE WHEN oldest < -9223371000000000000 THEN -9223372036854775808
                ELSE oldest / 900000000000 * 900000000000 - 900000000000 END,
           CASE WHEN newest > 9223371000000000000 THEN 9223372036854775807
                ELSE newest / 900000000000 * 900000000000 + 900000000000 END
    FROM state WHERE oldest IS NOT NULL;
