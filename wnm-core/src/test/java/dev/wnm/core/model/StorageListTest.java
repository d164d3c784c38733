package dev.wnm.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class StorageListTest {
  @Test
  void aCommaEndsAPathOnlyWhereAnotherOneBegins() {
    assertThat(StorageList.split("/mnt/a,/mnt/b")).containsExactly("/mnt/a", "/mnt/b");
    assertThat(StorageList.split(" ~/a, ~/b,$HOME/c ")).containsExactly("~/a", "~/b", "$HOME/c");
    assertThat(StorageList.split("/mnt/big, slow disk")).containsExactly("/mnt/big, slow disk");
    assertThat(StorageList.split("")).containsExactly("");
  }

  @Test
  void foldersLieBesideEachOtherAndAreNamedOnce() {
    assertThat(StorageList.of(Path.of("/a"), Path.of("/ab")).toString()).isEqualTo("/a,/ab");
    assertThatThrownBy(() -> StorageList.of(Path.of("/a"), Path.of("/a/b"))).hasMessageContaining("/a/b lies in /a");
    assertThatThrownBy(() -> StorageList.of(Path.of("/a"), Path.of("/a"))).hasMessageContaining("once");
    assertThatThrownBy(() -> new StorageList(List.of())).isInstanceOf(IllegalArgumentException.class);
  }
}
