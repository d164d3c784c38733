/**
 * The colony's memory: one SQLite file with settings, nodes, the journal of operations and the history. This is the only
 * package that sees jOOQ and JDBC; the rest of wnm sees {@link dev.wnm.core.store.ColonyStore} and plain values.
 *
 * <p>The native library of SQLite is kept unpacked in the user's cache folder; see {@code NativeLibrary}.
 *
 * <p>May use {@code model} and {@code trust}. The table classes in {@code store.schema} are generated from {@code db/migration} in
 * the build, which also lists those files for {@code Migration}.
 */
package dev.wnm.core.store;
