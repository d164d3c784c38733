/**
 * Gets a release of a node program from its publisher, or from a file of the operator's, checks who signed it, and puts it where nodes
 * get their copies from. {@link dev.wnm.fetch.NodeFetch} is the way in. Only {@code ReleaseSignature} sees Bouncy Castle, only
 * {@code ReleaseArchive} commons-compress, only {@code Downloads} the network.
 *
 * <p>May use core and the SPI; nothing of wnm but its program uses this.
 */
@NullMarked
package dev.wnm.fetch;

import org.jspecify.annotations.NullMarked;
