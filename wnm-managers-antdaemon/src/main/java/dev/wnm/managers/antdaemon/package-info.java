/**
 * Nodes whose life is in the hands of the daemon of the {@code ant} command: what wnm wants becomes calls of its REST interface,
 * and what it lists becomes facts. Who runs is told by the processes, since the daemon also calls a node running that it is only
 * about to start again. The daemon's registry knows nothing of what lies on the disk: folders are deleted by wnm's own rules.
 *
 * <p>May use the SPI and {@code support}.
 */
package dev.wnm.managers.antdaemon;
