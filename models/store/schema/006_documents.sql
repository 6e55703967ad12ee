-- SPDX-License-Identifier: GPL-3.0-or-later
-- What is kept whole beside the records: schemas of products, surveys.
CREATE TABLE documents (
    number INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    owner TEXT NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (kind, name)
) STRICT;
