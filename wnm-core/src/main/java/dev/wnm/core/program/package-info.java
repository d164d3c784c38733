/**
 * The node program: where the binary is that nodes are copies of, and which version it is.
 */
package dev.wnm.core.program;
