-- What a platform calls a file that was sent to it once, so that it need not be sent again. May be emptied at any time.
-- The file of the same name in ../sqlite makes the same table.

CREATE TABLE uploads (
    platform TEXT NOT NULL,
    content  TEXT NOT NULL,
    handle   TEXT NOT NULL,
    sent_at  BIGINT NOT NULL,
    PRIMARY KEY (platform, content)
);
CREATE INDEX uploads_sent ON uploads (sent_at);
