/**
 * Looking at nodes: who is asked, what is believed, and what follows from it for a node's state. What is not known stays
 * unknown here, and so everywhere.
 */
@NullMarked
package dev.wnm.core.observation;

import org.jspecify.annotations.NullMarked;
