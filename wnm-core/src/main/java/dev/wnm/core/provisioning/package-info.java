/**
 * Where new nodes go: their numbers, ports, wallets, storages and container groups. Nothing is done to a node here.
 */
@NullMarked
package dev.wnm.core.provisioning;

import org.jspecify.annotations.NullMarked;
