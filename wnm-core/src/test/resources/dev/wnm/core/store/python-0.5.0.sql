-- What the Python wnm 0.5.0 makes of a new file: names, types, order and nulls by its models, no DEFAULT clause anywhere.
-- Behind a column: the revision whose migration adds it to an older file, and the clause that it has there then;
-- "never" where no migration does.

CREATE TABLE machine (
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
    delay_restart INTEGER NOT NULL, -- 3249fcc20390 NOT NULL DEFAULT '600'
    delay_upgrade INTEGER NOT NULL,
    delay_remove INTEGER NOT NULL,
    survey_delay INTEGER NOT NULL, -- fa0ca0abff5c DEFAULT '0'
    action_delay INTEGER NOT NULL, -- 67fe02809d26 DEFAULT '0'
    node_storage TEXT NOT NULL,
    rewards_address TEXT NOT NULL,
    donate_address TEXT NOT NULL,
    port_start INTEGER NOT NULL,
    metrics_port_start INTEGER NOT NULL,
    rpc_port_start INTEGER NOT NULL, -- 7c5a573319da NOT NULL DEFAULT '30'
    highest_node_id_used INTEGER, -- e2f4a512d24c
    last_stopped_at INTEGER NOT NULL,
    host TEXT NOT NULL,
    crisis_bytes INTEGER NOT NULL,
    environment TEXT,
    start_args TEXT,
    max_concurrent_upgrades INTEGER NOT NULL,
    max_concurrent_starts INTEGER NOT NULL,
    max_concurrent_removals INTEGER NOT NULL,
    max_concurrent_operations INTEGER NOT NULL, -- 00dd80bcd645 DEFAULT '1'
    node_removal_strategy TEXT NOT NULL,
    process_manager TEXT,
    max_node_per_container INTEGER NOT NULL, -- never
    min_container_count INTEGER NOT NULL, -- never
    docker_image TEXT, -- never
    no_upnp INTEGER NOT NULL, -- abc5afa09a61 NOT NULL DEFAULT '1'
    antnode_path TEXT, -- 44f23f078686 DEFAULT '~/.local/bin/antnode'
    antctl_path TEXT, -- ba757077b6b0 DEFAULT '~/.local/bin/antctl'
    antctl_debug INTEGER NOT NULL, -- never
    antctl_version TEXT -- 752bf4495eaa
);

CREATE TABLE container (
    id INTEGER NOT NULL PRIMARY KEY,
    machine_id INTEGER NOT NULL REFERENCES machine (id),
    container_id VARCHAR(64) NOT NULL UNIQUE,
    name TEXT NOT NULL,
    image TEXT NOT NULL,
    status VARCHAR(32) NOT NULL,
    created_at INTEGER NOT NULL,
    port_range_start INTEGER, -- never
    port_range_end INTEGER, -- never
    metrics_port_range_start INTEGER, -- never
    metrics_port_range_end INTEGER -- never
);

CREATE TABLE node (
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
    log_dir TEXT, -- 62bd2784638c
    port INTEGER NOT NULL,
    metrics_port INTEGER NOT NULL,
    rpc_port INTEGER NOT NULL, -- never
    network TEXT NOT NULL,
    wallet VARCHAR(42),
    peer_id VARCHAR(52),
    status VARCHAR(32) NOT NULL,
    timestamp INTEGER NOT NULL,
    records INTEGER NOT NULL,
    uptime INTEGER NOT NULL,
    shunned INTEGER NOT NULL,
    connected_peers INTEGER NOT NULL, -- never
    gets INTEGER NOT NULL, -- ade8fcd1fc9a NOT NULL DEFAULT '0'
    puts INTEGER NOT NULL, -- ade8fcd1fc9a NOT NULL DEFAULT '0'
    mem INTEGER NOT NULL, -- ade8fcd1fc9a NOT NULL DEFAULT '0'
    cpu INTEGER NOT NULL, -- ade8fcd1fc9a NOT NULL DEFAULT '0'
    open_connections INTEGER NOT NULL, -- ade8fcd1fc9a NOT NULL DEFAULT '0'
    total_peers INTEGER NOT NULL, -- ade8fcd1fc9a NOT NULL DEFAULT '0'
    bad_peers INTEGER NOT NULL, -- ade8fcd1fc9a NOT NULL DEFAULT '0'
    rel_records INTEGER NOT NULL, -- ade8fcd1fc9a NOT NULL DEFAULT '0'
    max_records INTEGER NOT NULL, -- ade8fcd1fc9a NOT NULL DEFAULT '0'
    rewards TEXT, -- ade8fcd1fc9a DEFAULT '0'
    payment_count INTEGER NOT NULL, -- ade8fcd1fc9a NOT NULL DEFAULT '0'
    live_time INTEGER NOT NULL, -- ade8fcd1fc9a NOT NULL DEFAULT '0'
    network_size INTEGER NOT NULL, -- ade8fcd1fc9a NOT NULL DEFAULT '0'
    age INTEGER NOT NULL,
    host TEXT NOT NULL,
    method TEXT NOT NULL,
    layout TEXT NOT NULL,
    environment TEXT
);

CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

CREATE INDEX ix_node_wallet ON node (wallet);
CREATE INDEX ix_node_status ON node (status);
CREATE INDEX ix_node_timestamp ON node (timestamp);
CREATE INDEX ix_node_records ON node (records);
