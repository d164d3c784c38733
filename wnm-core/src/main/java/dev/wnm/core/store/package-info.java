/**
 * The colony's memory: one SQLite file with settings, nodes, the journal of operations and the history. This is the only
 * package that sees jOOQ and JDBC; the rest of wnm sees {@link dev.wnm.core.store.ColonyStore} and plain values.
 *
 * <p>What every cycle, survey and report asks and saves takes plain statements ({@code Sql}), what only operations need jOOQ, which
 * {@code Database} makes when it is first asked for: its classes were a third of a cycle with nothing to do, and its records half of a
 * survey. {@code SchemaTest} holds both: that such a run loads no jOOQ, and that the columns named in plain text are those of the
 * schema.
 *
 * <p>The native library of SQLite is kept unpacked in the user's cache folder; see {@code NativeLibrary}.
 *
 * <p>Which schema a file has is one number, SQLite's {@code user_version}: that of the last file of {@code db/migration} that it
 * has had; see {@code SchemaState}. {@code SchemaUpgrade} brings a file up to the newest one: it keeps a copy, and then does all
 * in one transaction, so that a file has one schema or the other at whatever instant wnm is killed. What a
 * migration makes of a file is never changed once it was published.
 *
 * <p>May use {@code model} and the SPI. The table classes in {@code store.schema} are generated from {@code db/migration} in
 * the build, which also lists those files for {@code Migration}.
 */
@NullMarked
package dev.wnm.core.store;

import org.jspecify.annotations.NullMarked;
