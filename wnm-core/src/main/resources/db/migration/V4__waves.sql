-- Binaries that wnm brings to the nodes, and what came of each: see model.Wave.
CREATE TABLE wave (
    -- What tells the binary from every other one.
    binary TEXT NOT NULL PRIMARY KEY,
    -- Empty when it cannot be read.
    version TEXT NOT NULL,
    -- Unix seconds, here and below: what died before has nothing to do with it.
    since INTEGER NOT NULL,
    -- 1 once a node has proven it.
    proven INTEGER NOT NULL,
    -- 1 while no node gets it because one died with it.
    held INTEGER NOT NULL,
    -- Upgrades to it in a row that failed.
    failures INTEGER NOT NULL,
    retry_after INTEGER NOT NULL,
    -- Why it is held back, or why the last upgrade failed; else empty.
    trouble TEXT NOT NULL
);

-- Nodes that were moved to another binary and have not proven it yet. Beside the binary of each lies the one before.
CREATE TABLE trial (
    node_id INTEGER NOT NULL PRIMARY KEY REFERENCES node (id) ON DELETE CASCADE,
    binary TEXT NOT NULL,
    -- Both empty when unknown.
    version TEXT NOT NULL,
    version_before TEXT NOT NULL,
    begun_at INTEGER NOT NULL,
    -- Since when it answers with that version; null while it does not.
    answers_since INTEGER,
    pid INTEGER
);
