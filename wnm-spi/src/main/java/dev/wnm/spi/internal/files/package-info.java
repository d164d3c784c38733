/**
 * Work in folders that other accounts own and may change at any moment: open folders instead of paths, no link followed, new
 * files made where nobody else can touch them, reads of limited size and time.
 *
 * <p>Knows no other package of wnm.
 */
package dev.wnm.spi.internal.files;
