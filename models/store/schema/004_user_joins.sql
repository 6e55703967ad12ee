-- SPDX-License-Identifier: GPL-3.0-or-later
-- Users that turned out to be another one: somebody without a name who then said who that is. Records keep the user they
-- came with; who reads them looks here. In order of arrival, never removed: who is forgotten leaves zeros.
CREATE TABLE user_joins (
    number INTEGER PRIMARY KEY,
    alias INTEGER NOT NULL,    -- this user...
    user INTEGER NOT NULL      -- ...is that one
) STRICT;
