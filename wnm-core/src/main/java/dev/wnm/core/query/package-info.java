/**
 * The language of {@code --filter} and {@code --sort}: conditions on rows of any kind, such as {@code status=RUNNING and peers<5},
 * for reports, the page and the fleet alike. What a row does not know is unknown, which is neither true nor false.
 *
 * <p>Pure: no clock, no file; the time that ages are reckoned from is handed in. Bounded in length and depth. Whoever has rows says by
 * {@link dev.wnm.core.query.Fields} what can be asked of them. May use nothing of core.
 */
@API(status = API.Status.STABLE)
@NullMarked
package dev.wnm.core.query;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
