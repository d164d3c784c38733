/**
 * An account that attacks whoever works in its folders.
 *
 * <p>Knows nothing of wnm but names of files; may use AssertJ.
 */
package dev.wnm.testkit.hostile;
