package dev.wnm.core.store;

import dev.wnm.core.model.OperationKind;
import java.time.Instant;

/**
 * An operation that was begun and not finished: work that a crash cut off, unless it is under way right now.
 *
 * @param id its number in the journal; a later operation has a higher one
 * @param kind what was to be done
 * @param nodeId the node it was to be done to; there may be no such row yet
 * @param service the name that the process manager knows the node by
 * @param plan what was about to be done, as the JSON that {@link ColonyStore#begin} was given
 * @param openedAt when it was begun, whole seconds
 */
public record OpenOperation(long id, OperationKind kind, int nodeId, String service, String plan, Instant openedAt) {}
