-- What chats need beyond learning: the message that shows a round, a community's settings, the
-- daily question of a venue and how its posts went.
-- Times are Unix milliseconds. The file of the same name in ../sqlite makes the same tables.

-- The platform's id of the message, and the language of the words around the question.
ALTER TABLE rounds ADD COLUMN message TEXT;
ALTER TABLE rounds ADD COLUMN language TEXT;
CREATE INDEX rounds_open_asker ON rounds (venue, asker) WHERE closed_at IS NULL;

-- How questions are asked when nobody says how; who may show an answer to all at once.
ALTER TABLE communities ADD COLUMN mode TEXT;
ALTER TABLE communities ADD COLUMN revealers TEXT NOT NULL DEFAULT 'asker';
-- When Viva introduced itself, which it does once.
ALTER TABLE communities ADD COLUMN greeted_at BIGINT;

-- The daily question of a venue; `due_at` is empty while it is off, `stopped` says why.
CREATE TABLE schedules (
    venue     BIGINT PRIMARY KEY REFERENCES venues (id),
    minute    BIGINT NOT NULL,
    time_zone TEXT NOT NULL,
    weekdays  BIGINT NOT NULL,
    topic     TEXT NOT NULL,
    due_at    BIGINT,
    stopped   TEXT
);
CREATE INDEX schedules_due ON schedules (due_at) WHERE due_at IS NOT NULL;

-- One post of a daily question. `ready` has not left, `leaving` may have arrived.
CREATE TABLE pushes (
    id     BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    venue  BIGINT NOT NULL REFERENCES venues (id),
    due_at BIGINT NOT NULL,
    round  BIGINT NOT NULL REFERENCES rounds (id),
    state  TEXT NOT NULL,
    detail TEXT,
    at     BIGINT NOT NULL,
    UNIQUE (venue, due_at)
);
CREATE INDEX pushes_unfinished ON pushes (at) WHERE state IN ('ready', 'leaving');
