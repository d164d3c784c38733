/** Tests of core's docker command on the real engine. */
package dev.wnm.core.docker;
