-- Storages that carry the colony's marker. One of them without its marker is a disk that is not mounted, not an empty storage.
CREATE TABLE storage (
    path TEXT NOT NULL,
    -- The container in which the path is meant; empty for the machine itself.
    container TEXT NOT NULL,
    -- What it lay on when it was last seen, for sentences: disks change their names.
    device TEXT NOT NULL,
    -- Unix seconds.
    marked_at INTEGER NOT NULL,
    PRIMARY KEY (path, container)
);
