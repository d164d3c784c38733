/**
 * What tests need of a real Docker Engine: the engine itself, images that are made on this machine out of the
 * distribution's own packages, and containers that end with their test.
 *
 * <p>Where the engine is missing, these fail: a test that needs Docker never passes without it. May use the runner
 * and the helpers of {@code testkit}.
 */
package dev.wnm.testkit.docker;
