-- What became of nodes by itself, so that the next start does not wipe it: deaths, hangs, transitions that do not end.
-- No reference to node: what happened to a removed node is kept until it is thinned away.
CREATE TABLE incident (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    node_id INTEGER NOT NULL,
    service TEXT NOT NULL,
    -- A name of model.Incident.Kind.
    kind TEXT NOT NULL,
    -- Unix seconds: when it was seen.
    seen_at INTEGER NOT NULL,
    -- In one line; may be empty.
    cause TEXT NOT NULL
);
CREATE INDEX ix_incident_node ON incident (node_id, id);
CREATE INDEX ix_incident_seen ON incident (seen_at);

-- What of the host could not be measured is unknown, not 0: NULL. SQLite cannot take NOT NULL from a column, so the table is
-- made anew.
CREATE TABLE host_sample_with_gaps (
    taken_at INTEGER NOT NULL PRIMARY KEY,
    used_cpu_percent FLOAT,
    io_wait_percent FLOAT,
    used_mem_percent FLOAT,
    used_hd_percent FLOAT,
    load_average_1 FLOAT,
    hdio_read_bytes INTEGER,
    hdio_write_bytes INTEGER,
    netio_read_bytes INTEGER,
    netio_write_bytes INTEGER,
    total_nodes INTEGER NOT NULL,
    running_nodes INTEGER NOT NULL
);
INSERT INTO host_sample_with_gaps (taken_at, used_cpu_percent, io_wait_percent, used_mem_percent, used_hd_percent,
    load_average_1, hdio_read_bytes, hdio_write_bytes, netio_read_bytes, netio_write_bytes, total_nodes, running_nodes)
SELECT taken_at, used_cpu_percent, io_wait_percent, used_mem_percent, used_hd_percent, load_average_1, hdio_read_bytes,
    hdio_write_bytes, netio_read_bytes, netio_write_bytes, total_nodes, running_nodes FROM host_sample;
DROP TABLE host_sample;
ALTER TABLE host_sample_with_gaps RENAME TO host_sample;
