/**
 * The process manager {@code s6overlay+user}: nodes in container groups, hundreds in each, supervised by s6-overlay inside.
 *
 * <p>{@link dev.wnm.managers.s6overlay.S6OverlayProvider} is the way in. What is inside a container is the matter of
 * {@code image}; here it is only called, as {@code docs/s6overlay.md} tells. Writes below the node storage, runs docker and,
 * for routed networks, iptables; remembers nothing between runs.
 */
package dev.wnm.managers.s6overlay;
