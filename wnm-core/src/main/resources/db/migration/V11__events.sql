-- What --notify tells of, until it is told: see model.Event. Numbers go up and are never given twice.
CREATE TABLE event (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    -- Unix seconds, here and below.
    seen_at INTEGER NOT NULL,
    -- A word of model.Event.Kind, here and below.
    kind TEXT NOT NULL,
    problem TEXT NOT NULL,
    what TEXT NOT NULL,
    mend TEXT NOT NULL,
    -- Services, one a line.
    nodes TEXT NOT NULL,
    node_count INTEGER NOT NULL
);

-- What was wrong when a cycle last looked, or a short time before: see model.KnownProblem.
CREATE TABLE known_problem (
    problem TEXT NOT NULL,
    subject TEXT NOT NULL,
    kind TEXT NOT NULL,
    what TEXT NOT NULL,
    first_seen INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,
    -- 0 or 1: whether there was an event of it.
    told INTEGER NOT NULL,
    PRIMARY KEY (problem, subject)
);

-- How far each of those who are told has come: see model.Told. Not how to reach it, which is a secret.
CREATE TABLE told (
    target TEXT NOT NULL PRIMARY KEY,
    event_id INTEGER NOT NULL,
    delivered INTEGER NOT NULL,
    lost INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    retry_at INTEGER NOT NULL
);
