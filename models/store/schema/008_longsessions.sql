-- SPDX-License-Identifier: GPL-3.0-or-later
-- Sessions of more than an hour are marked. An index that asked for the length was written anew whenever such a session went on,
-- and with late records most of them are long.
DROP INDEX sessions_long;
ALTER TABLE sessions ADD COLUMN is_long INTEGER NOT NULL DEFAULT 0;
UPDATE sessions SET is_long = 1 WHERE length > 3600000000000;
CREATE INDEX sessions_long ON sessions (start) WHERE alias_of = 0 AND is_long = 1;
