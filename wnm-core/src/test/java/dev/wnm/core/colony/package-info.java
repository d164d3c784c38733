/** Tests of whole cycles, on nodes that the test kit runs in memory. */
package dev.wnm.core.colony;
