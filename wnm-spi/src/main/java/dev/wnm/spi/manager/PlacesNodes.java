package dev.wnm.spi.manager;

/**
 * Makes each node in the folder that core suggests, so that new nodes can be spread over several storages. Without it a colony has one
 * storage.
 */
public interface PlacesNodes extends Capability {
}
