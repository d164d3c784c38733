/**
 * Tests of whole cycles, on nodes that the test kit runs in memory. They live here and not in wnm-core because the test kit
 * needs wnm-core.
 */
package dev.wnm.core.cycle;
