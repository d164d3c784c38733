-- Ports for browsers that container groups were made with, which the Python wnm's table has no columns for. A group without a row
-- has none.
CREATE TABLE group_ports (
    container_id INTEGER NOT NULL PRIMARY KEY,
    browser_port_start INTEGER NOT NULL,
    browser_port_end INTEGER NOT NULL,
    FOREIGN KEY (container_id) REFERENCES container (id) ON DELETE CASCADE
);
