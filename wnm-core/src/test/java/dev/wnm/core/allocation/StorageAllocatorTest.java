package dev.wnm.core.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StorageAllocatorTest {
  private static final Path A = Path.of("/a");
  private static final Path B = Path.of("/b");

  private static List<Path> places(StorageAllocator allocator, int count) {
    List<Path> places = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      allocator.next().ifPresent(places::add);
    }
    return places;
  }

  private static StorageRoom room(Path storage, String disk, long used, long usable, long promised, int nodes) {
    return new StorageRoom(storage, disk, used, usable, promised, nodes);
  }

  @Test
  void aNodeGoesWhereTheMostSpaceIs() {
    var rooms = List.of(room(A, "sda", 60, 40, 0, 0), room(B, "sdb", 40, 60, 0, 9));

    assertThat(new StorageAllocator(rooms, 90, 10).next()).contains(B);
  }

  @Test
  void whatWasGivenOutBeforeCountsAsTaken() {
    var rooms = List.of(room(A, "sda", 50, 50, 0, 0), room(B, "sdb", 30, 70, 0, 0));

    assertThat(places(new StorageAllocator(rooms, 90, 10), 6)).containsExactly(B, B, A, B, A, B);
  }

  @Test
  void whatNodesAreStillExpectedToTakeCountsAsTaken() {
    var rooms = List.of(room(A, "sda", 30, 70, 50, 5), room(B, "sdb", 60, 40, 0, 5));

    assertThat(new StorageAllocator(rooms, 90, 10).next()).contains(B);
  }

  @Test
  void noDiskIsFilledBeyondItsThreshold() {
    var rooms = List.of(room(A, "sda", 80, 20, 0, 0), room(B, "sdb", 40, 10, 0, 0));

    assertThat(places(new StorageAllocator(rooms, 90, 10), 5)).containsExactly(A, B);
    assertThat(new StorageAllocator(rooms, 80, 10).next()).isEmpty();
  }

  @Test
  void storagesOnOneDiskShareItAndItsNodes() {
    var rooms = List.of(room(A, "sda", 0, 100, 0, 2), room(B, "sda", 0, 100, 0, 0));

    assertThat(places(new StorageAllocator(rooms, 50, 10), 9)).containsExactly(B, B, A, B, A);
  }

  @Test
  void withoutAStorageThereIsNoPlace() {
    assertThat(new StorageAllocator(List.of(), 100, 0).next()).isEqualTo(Optional.empty());
  }
}
