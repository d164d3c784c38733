/**
 * Whom this process may believe: checks who owns a file and the folders above it, and who could change them, before anything
 * is read, loaded or run from there. Reads attributes only, and never opens what it checks.
 */
@NullMarked
package dev.wnm.spi.internal.trust;

import org.jspecify.annotations.NullMarked;
