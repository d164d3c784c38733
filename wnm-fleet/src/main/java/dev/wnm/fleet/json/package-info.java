/** Reads and writes what goes over the network: nothing that comes from another machine is believed to be what it should be. */
@NullMarked
package dev.wnm.fleet.json;

import org.jspecify.annotations.NullMarked;
