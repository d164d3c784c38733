-- A database that the Python wnm 0.6.3 (from PyPI) made by being run, as sqlite3's .dump has it; only the home folder is called
-- /home/operator here. It was told, with antnode and antctl stand-ins in ~/.local/bin and the migrations of its source (which its
-- wheel lacks, and without which it runs nothing) in the current folder:
--   wnm --init --rewards_address 0x0045… --process_manager antctl+user --node_cap 3 --delay_start 0
--       --port_start 46 --metrics_port_start 47 --rpc_port_start 48
--   wnm --force_action add --count 2;  wnm --force_action survey
--   wnm --force_action disable --service_name antnode0002;  wnm --force_action survey
-- Tables and revision are those of 0.5.0: --enable_upgrade is nowhere in it.
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('e2f4a512d24c');
CREATE TABLE container (
	id INTEGER NOT NULL, 
	machine_id INTEGER NOT NULL, 
	container_id VARCHAR(64) NOT NULL, 
	name TEXT NOT NULL, 
	image TEXT NOT NULL, 
	status VARCHAR(32) NOT NULL, 
	created_at INTEGER NOT NULL, 
	port_range_start INTEGER, 
	port_range_end INTEGER, 
	metrics_port_range_start INTEGER, 
	metrics_port_range_end INTEGER, 
	PRIMARY KEY (id), 
	FOREIGN KEY(machine_id) REFERENCES machine (id), 
	UNIQUE (container_id)
);
CREATE TABLE machine (
	id INTEGER NOT NULL, 
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
	antctl_version TEXT, 
	PRIMARY KEY (id)
);
INSERT INTO "machine" VALUES(1,2,3,50,60,75,0,0,0,0,70,75,90,0,0,0,0,2.0,1.2,0,600,300,300,0,0,'/home/operator/.local/share/autonomi/node','0x00455d78f850b0358E8cea5be24d415E01E107CF','0x00455d78f850b0358E8cea5be24d415E01E107CF',46,47,48,2,1795877648,'127.0.0.1',2000000000,'','',1,1,1,1,'youngest','antctl+user',200,1,'iweave/antnode:latest',0,'~/.local/bin/antnode','~/.local/bin/antctl',0,NULL);
CREATE TABLE node (
	id INTEGER NOT NULL, 
	machine_id INTEGER NOT NULL, 
	container_id INTEGER, 
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
	environment TEXT, 
	PRIMARY KEY (id), 
	FOREIGN KEY(machine_id) REFERENCES machine (id), 
	FOREIGN KEY(container_id) REFERENCES container (id)
);
INSERT INTO "node" VALUES(1,1,NULL,'antctl+user','0001','antnode0001.service','ant','/home/operator/.local/share/autonomi/node/antnode0001/antnode','0.4.17','/home/operator/.local/share/autonomi/node/antnode0001',NULL,46001,47001,48001,'evm-arbitrum-one','0x00455d78f850b0358E8cea5be24d415E01E107CF','12D3KooWGLUW5nGpqxPgPeG5xMzs1DgDCXynmzDjyYiiL7ZPg5E5','RUNNING',1795891509,14,690,0,9,0,11,104,409,12,244,1,0,0,'0',0,0,1835008,1795890812,'127.0.0.1','antctl+user','1','');
INSERT INTO "node" VALUES(2,1,NULL,'antctl+user','0002','antnode0002.service','ant','/home/operator/.local/share/autonomi/node/antnode0002/antnode','0.4.17','/home/operator/.local/share/autonomi/node/antnode0002',NULL,46002,47002,48002,'evm-arbitrum-one','0x00455d78f850b0358E8cea5be24d415E01E107CF','12D3KooWCqv4PekNinDcs6qibFdDn9LPCRzHmkgNTZB4GwohhJSW','DISABLED',1795891505,14,310,0,9,0,11,104,409,12,244,1,0,0,'0',0,0,1835008,1795891116,'127.0.0.1','antctl+user','1','');
CREATE INDEX ix_node_wallet ON node (wallet);
CREATE INDEX ix_node_records ON node (records);
CREATE INDEX ix_node_timestamp ON node (timestamp);
CREATE INDEX ix_node_status ON node (status);
