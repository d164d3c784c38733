/**
 * Nodes whose life is in the hands of the {@code antctl} command, on this machine or in Docker containers: what wnm wants
 * becomes antctl's commands, and antctl's registry becomes facts. Nothing here runs or deletes a node itself; only what an
 * add that failed left behind is cleared away.
 *
 * <p>May use the SPI and {@code support}.
 */
package dev.wnm.managers.antctl;
