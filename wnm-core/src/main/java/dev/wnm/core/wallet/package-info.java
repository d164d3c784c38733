/**
 * Wallets that rewards go to: addresses with their checksums, and weighted lists of them to draw from.
 *
 * <p>Pure: the random source is passed in. May use {@code model} only.
 */
package dev.wnm.core.wallet;
