package dev.wnm.fleet.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.transport.ConflictException;
import dev.wnm.fleet.transport.Kept;
import dev.wnm.fleet.transport.Records;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ClaimsTest {
  private static final HostName A1 = new HostName("a1");
  private static final HostName B2 = new HostName("b2");

  private final Shared records = new Shared();
  private final Claims claims = new Claims(records);

  @Test
  void ofTwoWhoClaimOneBlockOneGetsIt() throws Exception {
    claims.make(List.of(new Claim("home", 1, A1)));

    assertThatThrownBy(() -> claims.make(List.of(new Claim("home", 1, B2)))).isInstanceOf(ConflictException.class);
    assertThat(claims.all()).containsExactly(new Claim("home", 1, A1));
  }

  @Test
  void allAreMadeOrNone() throws Exception {
    claims.make(List.of(new Claim("home", 2, A1)));

    assertThatThrownBy(() -> claims.make(List.of(new Claim("home", 1, B2), new Claim("home", 2, B2)))).isInstanceOf(ConflictException.class);
    assertThat(claims.all()).containsExactly(new Claim("home", 2, A1));
  }

  @Test
  void oneEndsByTheHandOfWhoseItIsOnly() throws Exception {
    claims.make(List.of(new Claim("home", 1, A1), new Claim("rented", 1, A1)));

    claims.release(new Claim("home", 1, B2));
    assertThat(claims.all()).hasSize(2);
    assertThat(claims.release(A1)).hasSize(2);
    assertThat(claims.all()).isEmpty();
  }

  /** What operators share, in memory. */
  private static final class Shared implements Records {
    private final Map<String, Kept> kept = new HashMap<>();
    private long revision;

    @Override
    public Optional<Kept> read(String key) {
      return Optional.ofNullable(kept.get(key));
    }

    @Override
    public long write(String key, String text, long expected) throws ConflictException {
      require(key, expected);
      kept.put(key, new Kept(text, ++revision));
      return revision;
    }

    @Override
    public void delete(String key, long expected) throws ConflictException {
      require(key, expected);
      kept.remove(key);
    }

    private void require(String key, long expected) throws ConflictException {
      if (read(key).map(Kept::revision).orElse(Kept.NONE) != expected) {
        throw new ConflictException(key);
      }
    }

    @Override
    public SortedMap<String, Kept> all(String beginning) {
      SortedMap<String, Kept> all = new TreeMap<>(kept);
      all.keySet().removeIf(key -> !key.startsWith(beginning));
      return all;
    }
  }
}
