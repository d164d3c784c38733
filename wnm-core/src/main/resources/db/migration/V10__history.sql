-- History that can be asked: what each decision was made from, under which settings, and why each operation was done.

-- With these a sample of the host holds all that a decision depends on but for the settings. NULL in samples of an earlier schema.
ALTER TABLE host_sample ADD COLUMN load_average_5 FLOAT;
ALTER TABLE host_sample ADD COLUMN load_average_15 FLOAT;
ALTER TABLE host_sample ADD COLUMN stopped_nodes INTEGER;
ALTER TABLE host_sample ADD COLUMN restarting_nodes INTEGER;
ALTER TABLE host_sample ADD COLUMN upgrading_nodes INTEGER;
ALTER TABLE host_sample ADD COLUMN migrating_nodes INTEGER;
ALTER TABLE host_sample ADD COLUMN removing_nodes INTEGER;
ALTER TABLE host_sample ADD COLUMN dead_nodes INTEGER;
ALTER TABLE host_sample ADD COLUMN backing_off_nodes INTEGER;
ALTER TABLE host_sample ADD COLUMN waiting_nodes INTEGER;
ALTER TABLE host_sample ADD COLUMN hung_nodes INTEGER;
ALTER TABLE host_sample ADD COLUMN held_up_nodes INTEGER;
ALTER TABLE host_sample ADD COLUMN nodes_to_upgrade INTEGER;
ALTER TABLE host_sample ADD COLUMN antnode_version TEXT;
ALTER TABLE host_sample ADD COLUMN queen_node_version TEXT;
-- NULL also when nodes were never stopped for pressure.
ALTER TABLE host_sample ADD COLUMN seconds_since_last_stop INTEGER;
ALTER TABLE host_sample ADD COLUMN nodes_beyond_cap INTEGER;
-- 0 or 1, here and below: what earlier failures forbade, see decision.Brakes.
ALTER TABLE host_sample ADD COLUMN rebooted INTEGER;
ALTER TABLE host_sample ADD COLUMN no_upgrades INTEGER;
ALTER TABLE host_sample ADD COLUMN one_upgrade INTEGER;
ALTER TABLE host_sample ADD COLUMN no_adds INTEGER;
ALTER TABLE host_sample ADD COLUMN one_add INTEGER;

ALTER TABLE node_sample ADD COLUMN restarts INTEGER;

-- The settings that decisions depend on, each time they were other than before; as JSON by name.
CREATE TABLE decision_settings (
    -- Unix seconds, here and below.
    since INTEGER NOT NULL PRIMARY KEY,
    settings TEXT NOT NULL
);

-- What cycles decided. One that differs from the one before in figures only is counted there, unless something was done for that one.
CREATE TABLE decision (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    -- Those that are counted together have the same.
    kind TEXT NOT NULL,
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    times INTEGER NOT NULL,
    -- Here and below: of the last time. Names of the features that held, with commas between.
    features TEXT NOT NULL,
    -- JSON: a list of what was to be done, with reasons; a list of what kept it from being more; numbers by the keys of machine-metrics.
    actions TEXT NOT NULL,
    not_more TEXT NOT NULL,
    numbers TEXT NOT NULL,
    -- How long the cycle took; NULL for one that did not come to its end.
    took_ms INTEGER
);
CREATE INDEX ix_decision_last ON decision (last_at);

-- Which decision an operation follows from, if it does; why it was done; and which account asked for it, empty where wnm itself did.
ALTER TABLE operation ADD COLUMN decision_id INTEGER;
ALTER TABLE operation ADD COLUMN reason TEXT NOT NULL DEFAULT '';
ALTER TABLE operation ADD COLUMN asked_by TEXT NOT NULL DEFAULT '';
UPDATE operation SET reason = COALESCE(json_extract(plan, '$.reason'), '') WHERE json_valid(plan);
CREATE INDEX ix_operation_opened ON operation (opened_at);
CREATE INDEX ix_operation_node ON operation (node_id, opened_at);
CREATE INDEX ix_operation_decision ON operation (decision_id) WHERE decision_id IS NOT NULL;
