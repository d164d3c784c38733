/**
 * What the process managers of this module share: accounts and rights, the folders and files of nodes, what binaries tell of
 * themselves, command lines read back. Public for the packages beside it only; nothing here is an API.
 *
 * <p>May use {@code manager}, {@code command}, {@code files} and {@code model} of core, and none of the packages beside it.
 */
package dev.wnm.managers.internal;
