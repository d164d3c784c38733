/**
 * What a cycle leaves for the next one beside nodes and settings: when what was last done, what was said already, and what
 * did not work. Part of the database; what is read here is checked, since a person may have edited it.
 */
@NullMarked
package dev.wnm.core.state;

import org.jspecify.annotations.NullMarked;
