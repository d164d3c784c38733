package dev.wnm.core.model;

import java.time.Instant;
import java.util.Optional;

/**
 * A container that nodes live in: a row of the {@code container} table.
 *
 * @param id its row; empty before it is stored
 * @param name what Docker and the operator call it, unique on the machine
 * @param dockerId Docker's id of it, another one each time the container is made anew
 * @param image what it was made from
 * @param running whether it runs
 * @param createdAt when it was made, whole seconds
 */
public record Container(
    Optional<Integer> id, String name, String dockerId, String image, boolean running, Instant createdAt) {

  public Container withId(int newId) {
    return new Container(Optional.of(newId), name, dockerId, image, running, createdAt);
  }
}
