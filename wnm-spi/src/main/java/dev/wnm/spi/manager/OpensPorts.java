package dev.wnm.spi.manager;

/**
 * Its nodes' ports are to be open in the machine's firewall, which it sees to by {@link ManagerContext#openPort} and
 * {@link ManagerContext#closePort}. Not so where something else carries the traffic past it, such as a container engine.
 */
public interface OpensPorts extends Capability {
}
