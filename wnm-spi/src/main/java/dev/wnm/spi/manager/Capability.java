package dev.wnm.spi.manager;

/**
 * What a process manager may do beyond running single nodes. Core asks for one by {@link ProcessManager#capability} and calls
 * nothing that was not offered.
 */
public interface Capability {
}
