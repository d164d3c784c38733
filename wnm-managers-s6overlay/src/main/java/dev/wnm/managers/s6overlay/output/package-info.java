/**
 * What wnm writes for others to use: the folder of {@code --output_dir}, whole or not at all. Knows no other package of this
 * module.
 */
package dev.wnm.managers.s6overlay.output;
