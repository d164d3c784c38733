-- What a node has not told of itself is unknown, not 0.

-- The Python wnm's columns of node hold 0 then, since they may not be empty; this says which of those are no measurement:
-- names of columns, with commas between.
ALTER TABLE node_health ADD COLUMN absent_metrics TEXT NOT NULL DEFAULT '';

-- The history says it by NULL. SQLite cannot take NOT NULL from a column, so the table is made anew.
CREATE TABLE node_sample_with_gaps (
    taken_at INTEGER NOT NULL,
    node_id INTEGER NOT NULL,
    status TEXT NOT NULL,
    records INTEGER,
    connected_peers INTEGER,
    shunned INTEGER,
    mem INTEGER,
    cpu INTEGER,
    rewards TEXT,
    PRIMARY KEY (taken_at, node_id)
) WITHOUT ROWID;
INSERT INTO node_sample_with_gaps (taken_at, node_id, status, records, connected_peers, shunned, mem, cpu, rewards)
SELECT taken_at, node_id, status, records, connected_peers, shunned, mem, cpu, rewards FROM node_sample;
DROP TABLE node_sample;
ALTER TABLE node_sample_with_gaps RENAME TO node_sample;
