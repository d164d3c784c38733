/**
 * The stand-in for ant-node, the node program of Autonomi 2.0: one script that behaves towards its process manager and
 * towards whoever reads its files and its log as a real ant-node does, and what installs copies of it.
 *
 * <p>May use {@code model} of the SPI and nothing else, no test library either, as the stand-in for antnode.
 */
package dev.wnm.testkit.antnode2;
