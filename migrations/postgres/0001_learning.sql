-- Who learns where, what was asked, what was answered, and what came of it.
-- Times are Unix milliseconds, days are days since 1970-01-01 in some zone's calendar.
-- The file of the same name in ../sqlite makes the same tables; the store's queries run on both.

CREATE TABLE communities (
    id        BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    platform  TEXT NOT NULL,
    external  TEXT NOT NULL,
    time_zone TEXT NOT NULL DEFAULT 'UTC',
    language  TEXT,
    UNIQUE (platform, external)
);

CREATE TABLE seasons (
    community  BIGINT NOT NULL REFERENCES communities (id),
    number     BIGINT NOT NULL,
    name       TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    PRIMARY KEY (community, number)
);

CREATE TABLE venues (
    id        BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    community BIGINT NOT NULL REFERENCES communities (id),
    platform  TEXT NOT NULL,
    external  TEXT NOT NULL,
    UNIQUE (platform, external)
);

CREATE TABLE learners (
    id          BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name        TEXT NOT NULL,
    language    TEXT,
    time_zone   TEXT,
    streak      BIGINT NOT NULL DEFAULT 0,
    best_streak BIGINT NOT NULL DEFAULT 0,
    last_day    BIGINT
);

CREATE TABLE accounts (
    platform TEXT NOT NULL,
    external TEXT NOT NULL,
    learner  BIGINT NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
    name     TEXT NOT NULL,
    PRIMARY KEY (platform, external)
);
CREATE INDEX accounts_learner ON accounts (learner);

-- The texts that questions were asked with, named by the hash of what they say.
CREATE TABLE editions (
    hash TEXT PRIMARY KEY,
    text TEXT NOT NULL
);

CREATE TABLE rounds (
    id             BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    venue          BIGINT NOT NULL REFERENCES venues (id),
    community      BIGINT NOT NULL REFERENCES communities (id),
    asker          BIGINT REFERENCES learners (id) ON DELETE SET NULL,
    question       TEXT NOT NULL,
    edition        TEXT NOT NULL REFERENCES editions (hash),
    exercise       TEXT NOT NULL,
    topics         TEXT NOT NULL,
    asked_at       BIGINT NOT NULL,
    posted_at      BIGINT,
    closes_at      BIGINT,
    closed_at      BIGINT,
    -- The race for the bonus: how many answered, who was first to be right, whether it was paid.
    answers        BIGINT NOT NULL DEFAULT 0,
    first_right    BIGINT,
    first_right_at BIGINT,
    bonus_paid     BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX rounds_open ON rounds (venue, id) WHERE closed_at IS NULL;
CREATE INDEX rounds_due ON rounds (closes_at) WHERE closed_at IS NULL;
CREATE INDEX rounds_asker ON rounds (asker);
CREATE INDEX rounds_question ON rounds (question);

CREATE TABLE asked (
    venue    BIGINT NOT NULL REFERENCES venues (id),
    question TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    times    BIGINT NOT NULL,
    PRIMARY KEY (venue, question)
);

-- Those of one round lie together, because they are written together. A learner's are found through
-- the rounds of the questions that the learner remembers, which costs an answer nothing.
CREATE TABLE attempts (
    round     BIGINT NOT NULL REFERENCES rounds (id),
    learner   BIGINT NOT NULL,
    at        BIGINT NOT NULL,
    answer    TEXT NOT NULL,
    graded    TEXT NOT NULL,
    points    BIGINT NOT NULL,
    bonus     BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (round, learner)
);

-- When a question was last answered right, with points: from then on it rests.
CREATE TABLE mastered (
    community BIGINT NOT NULL,
    question  TEXT NOT NULL,
    learner   BIGINT NOT NULL,
    at        BIGINT NOT NULL,
    PRIMARY KEY (community, question, learner)
);

CREATE TABLE memories (
    question    TEXT NOT NULL,
    learner     BIGINT NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
    stability   DOUBLE PRECISION NOT NULL,
    difficulty  DOUBLE PRECISION NOT NULL,
    due_at      BIGINT NOT NULL,
    reviewed_at BIGINT NOT NULL,
    reps        BIGINT NOT NULL,
    lapses      BIGINT NOT NULL,
    PRIMARY KEY (question, learner)
);
CREATE INDEX memories_learner ON memories (learner, question);

-- A leaderboard: one span of time of one community, of all questions (topic '') or of one topic.
CREATE TABLE boards (
    id        BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    community BIGINT NOT NULL REFERENCES communities (id),
    span      TEXT NOT NULL,
    starts    BIGINT NOT NULL,
    topic     TEXT NOT NULL,
    UNIQUE (community, span, starts, topic)
);

-- Keyed by learner first: an answer touches a dozen boards of one learner, which then lie together.
CREATE TABLE standings (
    learner       BIGINT NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
    board         BIGINT NOT NULL REFERENCES boards (id),
    points        BIGINT NOT NULL,
    right_answers BIGINT NOT NULL,
    answers       BIGINT NOT NULL,
    -- How often the row was written; the first time, the tallies have a learner more.
    revision      BIGINT NOT NULL,
    PRIMARY KEY (learner, board)
);
CREATE INDEX standings_order ON standings (board, points DESC, learner);

-- How many learners have so many points (level 0) or so many times 256 points (level 1): a rank is
-- the sum of a few hundred of these, however many learners there are.
CREATE TABLE tallies (
    board    BIGINT NOT NULL REFERENCES boards (id),
    level    BIGINT NOT NULL,
    bucket   BIGINT NOT NULL,
    learners BIGINT NOT NULL,
    PRIMARY KEY (board, level, bucket)
);
