/**
 * Watching a colony without a pause: one cycle after the other, and between them a cheap look at the machine, at the nodes'
 * processes and, one by one, at what the nodes say. {@link dev.wnm.core.watch.Watch} is the way in,
 * and a {@link dev.wnm.core.watch.WatchAddOn} goes along with it, such as the page.
 *
 * <p>What is seen in between is never written down and never acted upon by itself: it is why a cycle begins now, and what that
 * cycle need not ask again. The lock and the database are a cycle's, and free in between. May use every other room; none uses this
 * one.
 */
@NullMarked
package dev.wnm.core.watch;

import org.jspecify.annotations.NullMarked;
