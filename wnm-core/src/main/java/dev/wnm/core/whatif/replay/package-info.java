/**
 * Plays recorded history again with other settings: how the fleet would have gone, beside how it went.
 *
 * <p>Pure: recorded moments in, what would have been out; the real decision engine decides. May use {@code history}, {@code decision} and
 * {@code model}.
 */
@API(status = API.Status.STABLE)
@NullMarked
package dev.wnm.core.whatif.replay;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
