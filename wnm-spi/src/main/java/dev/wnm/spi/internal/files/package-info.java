/**
 * Work in folders that other accounts own and may change at any moment: open folders instead of paths, no link followed, new
 * files made where nobody else can touch them, reads of limited size and time.
 *
 * <p>May use {@code dev.wnm.spi.command}: programs are copied by one, and {@code dev.wnm.spi.internal.trust}: whom this process
 * works as.
 */
@NullMarked
package dev.wnm.spi.internal.files;

import org.jspecify.annotations.NullMarked;
