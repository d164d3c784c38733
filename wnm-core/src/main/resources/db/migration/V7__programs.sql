-- Which program a node is a process of, and what of it the Python wnm's table has no column for.
ALTER TABLE node_health ADD COLUMN program TEXT NOT NULL DEFAULT 'antnode';
-- 0 where it has none.
ALTER TABLE node_health ADD COLUMN browser_port INTEGER NOT NULL DEFAULT 0;
-- How far its log was read: the name of the file, empty where none was read, and the bytes of it.
ALTER TABLE node_health ADD COLUMN log_file TEXT NOT NULL DEFAULT '';
ALTER TABLE node_health ADD COLUMN log_position INTEGER NOT NULL DEFAULT 0;
