/**
 * Looks at everything that wnm needs and says how each thing is and how to mend it: the machine, the account, process managers, the
 * node program, ports, the database, and who starts wnm. Only reads; {@link dev.wnm.core.doctor.Doctor} is the way in. Knows no back end:
 * each says itself whether it can work. May use all rooms but {@code cycle} and those above it.
 */
@NullMarked
package dev.wnm.core.doctor;

import org.jspecify.annotations.NullMarked;
