-- The schema of colony.db.
--
-- machine, container, node and alembic_version are those of the Python wnm 0.5.0 (names, types, order and meanings
-- kept), so that its file opens here in place and a file made here opens there. That is why they say IF NOT EXISTS:
-- a file of the Python wnm already has them. Everything that is ours alone lives in tables of our own.
--
-- The number of the last migration that a file has had is written by whoever runs them (SchemaUpgrade), never in here.

CREATE TABLE IF NOT EXISTS machine (
    id INTEGER NOT NULL PRIMARY KEY,
    cpu_count INTEGER NOT NULL,
    node_cap INTEGER NOT NULL,
    cpu_less_than INTEGER NOT NULL,
    mem_less_than INTEGER NOT NULL,
    hd_less_than INTEGER NOT NULL,
    hdio_read_less_than INTEGER NOT NULL,
    hdio_write_less_than INTEGER NOT NULL,
    netio_read_less_than INTEGER NOT NULL,
    netio_write_less_than INTEGER NOT NULL,
    cpu_remove INTEGER NOT NULL,
    mem_remove INTEGER NOT NULL,
    hd_remove INTEGER NOT NULL,
    hdio_read_remove INTEGER NOT NULL,
    hdio_write_remove INTEGER NOT NULL,
    netio_read_remove INTEGER NOT NULL,
    netio_write_remove INTEGER NOT NULL,
    max_load_average_allowed FLOAT NOT NULL,
    desired_load_average FLOAT NOT NULL,
    delay_start INTEGER NOT NULL,
    delay_restart INTEGER NOT NULL,
    delay_upgrade INTEGER NOT NULL,
    delay_remove INTEGER NOT NULL,
    survey_delay INTEGER NOT NULL,
    action_delay INTEGER NOT NULL,
    node_storage TEXT NOT NULL,
    rewards_address TEXT NOT NULL,
    donate_address TEXT NOT NULL,
    port_start INTEGER NOT NULL,
    metrics_port_start INTEGER NOT NULL,
    rpc_port_start INTEGER NOT NULL,
    highest_node_id_used INTEGER,
    last_stopped_at INTEGER NOT NULL,
    host TEXT NOT NULL,
    crisis_bytes INTEGER NOT NULL,
    environment TEXT,
    start_args TEXT,
    max_concurrent_upgrades INTEGER NOT NULL,
    max_concurrent_starts INTEGER NOT NULL,
    max_concurrent_removals INTEGER NOT NULL,
    max_concurrent_operations INTEGER NOT NULL,
    node_removal_strategy TEXT NOT NULL,
    process_manager TEXT,
    max_node_per_container INTEGER NOT NULL,
    min_container_count INTEGER NOT NULL,
    docker_image TEXT,
    no_upnp INTEGER NOT NULL,
    antnode_path TEXT,
    antctl_path TEXT,
    antctl_debug INTEGER NOT NULL,
    antctl_version TEXT
);

CREATE TABLE IF NOT EXISTS container (
    id INTEGER NOT NULL PRIMARY KEY,
    machine_id INTEGER NOT NULL REFERENCES machine (id),
    container_id VARCHAR(64) NOT NULL UNIQUE,
    name TEXT NOT NULL,
    image TEXT NOT NULL,
    status VARCHAR(32) NOT NULL,
    created_at INTEGER NOT NULL,
    port_range_start INTEGER,
    port_range_end INTEGER,
    metrics_port_range_start INTEGER,
    metrics_port_range_end INTEGER
);

CREATE TABLE IF NOT EXISTS node (
    id INTEGER NOT NULL PRIMARY KEY,
    machine_id INTEGER NOT NULL REFERENCES machine (id),
    container_id INTEGER REFERENCES container (id),
    manager_type TEXT NOT NULL,
    node_name VARCHAR(10) NOT NULL,
    service TEXT NOT NULL,
    user VARCHAR(24) NOT NULL,
    binary TEXT NOT NULL,
    version TEXT,
    root_dir TEXT NOT NULL,
    log_dir TEXT,
    port INTEGER NOT NULL,
    metrics_port INTEGER NOT NULL,
    rpc_port INTEGER NOT NULL,
    network TEXT NOT NULL,
    wallet VARCHAR(42),
    peer_id VARCHAR(52),
    status VARCHAR(32) NOT NULL,
    timestamp INTEGER NOT NULL,
    records INTEGER NOT NULL,
    uptime INTEGER NOT NULL,
    shunned INTEGER NOT NULL,
    connected_peers INTEGER NOT NULL,
    gets INTEGER NOT NULL,
    puts INTEGER NOT NULL,
    mem INTEGER NOT NULL,
    cpu INTEGER NOT NULL,
    open_connections INTEGER NOT NULL,
    total_peers INTEGER NOT NULL,
    bad_peers INTEGER NOT NULL,
    rel_records INTEGER NOT NULL,
    max_records INTEGER NOT NULL,
    rewards TEXT,
    payment_count INTEGER NOT NULL,
    live_time INTEGER NOT NULL,
    network_size INTEGER NOT NULL,
    age INTEGER NOT NULL,
    host TEXT NOT NULL,
    method TEXT NOT NULL,
    layout TEXT NOT NULL,
    environment TEXT
);
CREATE INDEX IF NOT EXISTS ix_node_wallet ON node (wallet);
CREATE INDEX IF NOT EXISTS ix_node_status ON node (status);
CREATE INDEX IF NOT EXISTS ix_node_timestamp ON node (timestamp);
CREATE INDEX IF NOT EXISTS ix_node_records ON node (records);
-- A service name is unique inside its container; 0 stands for "on the host".
CREATE UNIQUE INDEX IF NOT EXISTS ux_node_container_service ON node (COALESCE(container_id, 0), service);

-- The Python wnm opens a file only when it finds its newest revision here.
CREATE TABLE IF NOT EXISTS alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO alembic_version (version_num)
SELECT 'e2f4a512d24c' WHERE NOT EXISTS (SELECT 1 FROM alembic_version);

-- Settings that the Python wnm does not know, one row each; the option registry says which.
CREATE TABLE setting (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

-- What wnm knows of a node beyond the Python wnm's columns.
CREATE TABLE node_health (
    node_id INTEGER NOT NULL PRIMARY KEY REFERENCES node (id) ON DELETE CASCADE,
    -- Why the node is down: a name of model.DownCause.
    down_cause TEXT NOT NULL DEFAULT 'NONE',
    missed_probes INTEGER NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0,
    -- Unix seconds before which the node is not tried again.
    retry_after INTEGER NOT NULL DEFAULT 0,
    last_error TEXT NOT NULL DEFAULT '',
    pid INTEGER
);

-- The journal: an entry is written before a side effect and closed in the transaction that records its outcome.
-- An entry without closed_at is work that a crash cut off.
CREATE TABLE operation (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    node_id INTEGER,
    service TEXT NOT NULL,
    -- What was about to be done, as JSON: enough to adopt or undo it.
    plan TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    closed_at INTEGER,
    outcome TEXT,
    detail TEXT
);
CREATE INDEX ix_operation_open ON operation (id) WHERE closed_at IS NULL;

-- History of the host, thinned with age. Rates are per second.
CREATE TABLE host_sample (
    taken_at INTEGER NOT NULL PRIMARY KEY,
    used_cpu_percent FLOAT NOT NULL,
    io_wait_percent FLOAT NOT NULL,
    used_mem_percent FLOAT NOT NULL,
    used_hd_percent FLOAT NOT NULL,
    load_average_1 FLOAT NOT NULL,
    hdio_read_bytes INTEGER NOT NULL,
    hdio_write_bytes INTEGER NOT NULL,
    netio_read_bytes INTEGER NOT NULL,
    netio_write_bytes INTEGER NOT NULL,
    total_nodes INTEGER NOT NULL,
    running_nodes INTEGER NOT NULL
);

-- History of the nodes, thinned with age. No reference to node: a removed node's past stays until it is thinned away.
CREATE TABLE node_sample (
    taken_at INTEGER NOT NULL,
    node_id INTEGER NOT NULL,
    status TEXT NOT NULL,
    records INTEGER NOT NULL,
    connected_peers INTEGER NOT NULL,
    shunned INTEGER NOT NULL,
    mem INTEGER NOT NULL,
    cpu INTEGER NOT NULL,
    rewards TEXT NOT NULL,
    PRIMARY KEY (taken_at, node_id)
) WITHOUT ROWID;

-- Raw counters of the last cycle, from which the next one takes its rates.
CREATE TABLE host_counters (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    boot_id TEXT NOT NULL,
    taken_at_ms INTEGER NOT NULL,
    counters TEXT NOT NULL
);
