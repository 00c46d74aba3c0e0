-- What chats with polls of their own need: the poll that shows a round, a round by the message that
-- shows it, and whether a community has turned rich messages on.
-- The file of the same name in ../sqlite makes the same tables.

ALTER TABLE rounds ADD COLUMN poll TEXT;
CREATE UNIQUE INDEX rounds_poll ON rounds (poll) WHERE poll IS NOT NULL;
CREATE INDEX rounds_message ON rounds (venue, message) WHERE message IS NOT NULL;

ALTER TABLE communities ADD COLUMN rich BIGINT NOT NULL DEFAULT 0;
