/**
 * A fleet by way of NATS with JetStream. Hosts dial out to its server by mutual TLS, and may each use their own subjects only; states, wishes and
 * what operators share are kept there in one bucket.
 */
@NullMarked
package dev.wnm.fleet.nats;

import org.jspecify.annotations.NullMarked;
