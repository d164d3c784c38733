-- What wnm knows of a node for which the Python wnm's table has no column: first what it measures itself. NULL where it is not known.
ALTER TABLE node_health ADD COLUMN threads INTEGER;
ALTER TABLE node_health ADD COLUMN open_files INTEGER;
-- Bytes in the files of its data folder, and when they were counted, or that was tried in vain, in seconds since 1970.
ALTER TABLE node_health ADD COLUMN disk_bytes INTEGER;
ALTER TABLE node_health ADD COLUMN disk_measured_at INTEGER;
-- How often its process ended without an order.
ALTER TABLE node_health ADD COLUMN restarts INTEGER;
-- What logs tell of the present program: connections relayed for others, and how audits of others came out.
ALTER TABLE node_health ADD COLUMN relay_sessions INTEGER;
ALTER TABLE node_health ADD COLUMN audits_passed INTEGER;
ALTER TABLE node_health ADD COLUMN audits_failed INTEGER;
