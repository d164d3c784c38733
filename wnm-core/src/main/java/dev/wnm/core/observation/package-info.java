/**
 * Looking at nodes: who is asked, what is believed, and what follows from it for a node's state. What is not known stays
 * unknown here, and so everywhere.
 */
package dev.wnm.core.observation;
