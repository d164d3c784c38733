/**
 * The image that container groups run: its recipe, and the files that go into it (resources beside this package).
 * {@link dev.wnm.managers.s6overlay.image.ImageSource} is the way in. Writes one new folder, by {@code output};
 * runs nothing.
 *
 * <p>What a process manager may rely on inside such a container is told in {@code docs/s6overlay.md}: the volume, the
 * variables, and the words of {@code wnm-nodes}.
 */
package dev.wnm.managers.s6overlay.image;
