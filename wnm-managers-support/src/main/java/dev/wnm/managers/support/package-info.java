/**
 * What process managers share: accounts and rights, the folders and files of nodes, what binaries tell of themselves, command
 * lines read back, the cause in what a node printed, crash loops.
 *
 * <p>May use the SPI, and no back end.
 */
package dev.wnm.managers.support;
