/**
 * Tells programs and web addresses of events. {@link dev.wnm.notify.NotifyAddOn} is found as a service by a watch and by a single cycle,
 * {@link dev.wnm.notify.NotifyTest} by {@code --notify_test}; nothing else of wnm knows this module.
 *
 * <p>Core finds events and remembers who was told of which; here is only how they are told. Each of those who are told has a {@code Lane}
 * of its own, so that one who is slow delays neither others nor a cycle. What an address is may be a secret: nothing here puts more of it
 * into a sentence than its host.
 */
@NullMarked
package dev.wnm.notify;

import org.jspecify.annotations.NullMarked;
