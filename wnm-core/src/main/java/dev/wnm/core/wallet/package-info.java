/**
 * Wallets that rewards go to: addresses with their checksums, and lists of them with weights.
 *
 * <p>Pure. May use {@code model} only.
 */
@NullMarked
package dev.wnm.core.wallet;

import org.jspecify.annotations.NullMarked;
