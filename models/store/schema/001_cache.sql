-- SPDX-License-Identifier: GPL-3.0-or-later
-- The first cache. Times are nanoseconds since the epoch; ids are of the dictionaries below, 0 is "none".

-- One row: what would otherwise have to be counted.
CREATE TABLE state (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    sequence INTEGER NOT NULL,        -- of the newest commit
    rolled_sequence INTEGER NOT NULL, -- segments up to this commit are in the rollups
    records INTEGER NOT NULL,
    oldest INTEGER,
    newest INTEGER,
    longest_session INTEGER NOT NULL  -- bounds the search for sessions that overlap a range
) STRICT;
INSERT INTO state VALUES (1, 0, 0, 0, NULL, NULL, 0);

-- Names, features, screens, attribute keys. Found by xxh3 of the text: an index over the text itself costs twice as much.
CREATE TABLE strings (id INTEGER PRIMARY KEY, hash INTEGER NOT NULL, text TEXT NOT NULL) STRICT;
CREATE INDEX strings_by_hash ON strings (hash);

CREATE TABLE users (id INTEGER PRIMARY KEY, hash INTEGER NOT NULL, text TEXT NOT NULL) STRICT;
CREATE INDEX users_by_hash ON users (hash);

-- A resource and a scope; hash is xxh3-128 over all of it.
CREATE TABLE origins (
    id INTEGER PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE,
    product TEXT NOT NULL,
    environment TEXT NOT NULL,
    release TEXT NOT NULL,
    os TEXT NOT NULL,
    device TEXT NOT NULL,
    country TEXT NOT NULL,
    scope_name TEXT NOT NULL,
    scope_version TEXT NOT NULL,
    schema_url TEXT NOT NULL,
    resource_attributes BLOB NOT NULL, -- a KeyValueList
    scope_attributes BLOB NOT NULL
) STRICT;

-- Metric series: everything of a point that does not change from point to point, except its attributes.
CREATE TABLE series (
    id INTEGER PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE,
    name TEXT NOT NULL,
    unit TEXT NOT NULL,
    description TEXT NOT NULL,
    kind INTEGER NOT NULL,
    temporality INTEGER NOT NULL,
    is_monotonic INTEGER NOT NULL,
    attributes BLOB NOT NULL -- a KeyValueList: those of its points
) STRICT;

-- Blocks of records of one kind. The zone map lies apart from the data, so that looking for blocks touches no data.
CREATE TABLE segments (
    id INTEGER PRIMARY KEY,
    kind INTEGER NOT NULL,
    encoding INTEGER NOT NULL,
    count INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    sequence INTEGER NOT NULL,       -- of the newest commit in it
    first_session INTEGER NOT NULL,  -- smallest and largest session id, 0 when none
    last_session INTEGER NOT NULL,
    columns_checksum INTEGER NOT NULL, -- xxh3 over the row above and the columns
    details_checksum INTEGER NOT NULL, -- xxh3 over traces, metrics and attributes
    is_damaged INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX segments_by_time ON segments (kind, first, last, count, sequence, is_damaged);
CREATE INDEX segments_by_sequence ON segments (sequence);
CREATE INDEX segments_small ON segments (kind, count) WHERE count < 1024 AND is_damaged = 0;

CREATE TABLE segment_data (
    id INTEGER PRIMARY KEY,
    columns BLOB NOT NULL,
    traces BLOB NOT NULL,
    metrics BLOB NOT NULL,
    attributes BLOB NOT NULL
) STRICT;

CREATE TABLE segment_sessions (id INTEGER PRIMARY KEY, sessions BLOB NOT NULL) STRICT;

-- Requests seen lately.
CREATE TABLE deliveries (key BLOB PRIMARY KEY, arrival INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX deliveries_by_arrival ON deliveries (arrival);

-- hash and key are NULL in sessions formed by us; such a session may become an alias of another one.
CREATE TABLE sessions (
    id INTEGER PRIMARY KEY,
    hash INTEGER,
    key BLOB,                        -- 16 bytes for a UUID in lower case, else 0x00 and the text
    start INTEGER NOT NULL,
    length INTEGER NOT NULL,         -- the last record is at start + length
    user INTEGER NOT NULL,
    user_after INTEGER NOT NULL,     -- start + user_after: the earliest record that names a user
    origin INTEGER NOT NULL,
    events INTEGER NOT NULL,
    screens INTEGER NOT NULL,
    errors INTEGER NOT NULL,
    logs INTEGER NOT NULL,
    spans INTEGER NOT NULL,
    alias_of INTEGER NOT NULL DEFAULT 0,
    previous TEXT                    -- session.previous_id
) STRICT;
CREATE INDEX sessions_by_hash ON sessions (hash) WHERE hash IS NOT NULL;
CREATE INDEX sessions_by_start ON sessions (start) WHERE alias_of = 0;
CREATE INDEX sessions_formed ON sessions (user, start) WHERE hash IS NULL AND alias_of = 0;
CREATE INDEX sessions_aliases ON sessions (alias_of) WHERE alias_of != 0;

-- Text comes last: reading the front of a row does not touch it.
CREATE TABLE errors (
    id INTEGER PRIMARY KEY,
    time INTEGER NOT NULL,
    arrival INTEGER NOT NULL,
    group_key INTEGER NOT NULL,
    user INTEGER NOT NULL,
    session INTEGER NOT NULL,
    origin INTEGER NOT NULL,
    name INTEGER NOT NULL,
    screen INTEGER NOT NULL,
    feature INTEGER NOT NULL,
    severity INTEGER NOT NULL,
    is_unhandled INTEGER NOT NULL,
    duration INTEGER NOT NULL,
    type INTEGER NOT NULL,
    trace BLOB,                      -- 16 bytes trace id, 8 bytes span id
    message TEXT NOT NULL,
    stack TEXT NOT NULL,
    attributes BLOB NOT NULL         -- a KeyValueList
) STRICT;
CREATE INDEX errors_by_time ON errors (time);
CREATE INDEX errors_by_group ON errors (group_key, time);
CREATE INDEX errors_by_session ON errors (session) WHERE session != 0;

CREATE TABLE error_groups (
    key INTEGER PRIMARY KEY,
    rule_version INTEGER NOT NULL,
    type TEXT NOT NULL,
    message TEXT NOT NULL,
    culprit TEXT NOT NULL,
    state TEXT NOT NULL,
    events INTEGER NOT NULL,
    first_seen INTEGER NOT NULL,
    last_seen INTEGER NOT NULL
) STRICT;

CREATE TABLE sources (
    id INTEGER PRIMARY KEY,
    protocol TEXT NOT NULL,
    product TEXT NOT NULL,
    os TEXT NOT NULL,
    first_arrival INTEGER NOT NULL,
    last_arrival INTEGER NOT NULL,
    last_event INTEGER,
    requests INTEGER NOT NULL,
    records INTEGER NOT NULL,
    rejected INTEGER NOT NULL,
    duplicates INTEGER NOT NULL,
    dropped INTEGER NOT NULL,
    UNIQUE (protocol, product, os)
) STRICT;
CREATE TABLE source_releases (
    source INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
    release TEXT NOT NULL,
    PRIMARY KEY (source, release)
) STRICT, WITHOUT ROWID;

CREATE TABLE counters (name TEXT PRIMARY KEY, count INTEGER NOT NULL) STRICT, WITHOUT ROWID;

-- Usage per feature and time bucket: a cache over the segments, in parts that are united when they become many.
CREATE TABLE rollups (
    id INTEGER PRIMARY KEY,
    resolution INTEGER NOT NULL, -- seconds
    bucket INTEGER NOT NULL,     -- start / resolution
    level INTEGER NOT NULL,
    checksum INTEGER NOT NULL,
    data BLOB NOT NULL
) STRICT;
CREATE INDEX rollups_by_bucket ON rollups (resolution, bucket, level);
