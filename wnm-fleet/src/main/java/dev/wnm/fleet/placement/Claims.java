package dev.wnm.fleet.placement;

import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.transport.ConflictException;
import dev.wnm.fleet.transport.FleetException;
import dev.wnm.fleet.transport.Kept;
import dev.wnm.fleet.transport.Records;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The blocks of ports that hosts have claimed, as operators share them. Of two who claim one block, one gets it. */
public final class Claims {
  private final Records records;

  public Claims(Records records) {
    this.records = records;
  }

  /** All of them, by site and block. @throws FleetException when one cannot be read: a block that may be somebody's is nobody else's */
  public List<Claim> all() throws FleetException {
    List<Claim> claims = new ArrayList<>();
    for (Map.Entry<String, Kept> kept : records.all(Claim.keys()).entrySet()) {
      claims.add(read(kept.getKey(), kept.getValue()));
    }
    return claims;
  }

  private static Claim read(String key, Kept kept) throws FleetException {
    try {
      return Claim.of(key, kept.text());
    } catch (IllegalArgumentException | IndexOutOfBoundsException wrong) {
      throw new FleetException("the claim " + key + " cannot be read: " + wrong.getMessage(), wrong);
    }
  }

  /**
   * Makes claims: all of them, or none.
   *
   * @throws ConflictException when somebody has claimed one of the blocks meanwhile
   */
  public void make(List<Claim> claims) throws FleetException {
    List<Claim> made = new ArrayList<>();
    try {
      for (Claim claim : claims) {
        records.write(claim.key(), claim.host().text(), Kept.NONE);
        made.add(claim);
      }
    } catch (FleetException e) {
      for (Claim claim : made) {
        release(claim);
      }
      throw e;
    }
  }

  /** Ends one, if it is that host's still. */
  public void release(Claim claim) throws FleetException {
    Optional<Kept> kept = records.read(claim.key());
    if (kept.isPresent() && kept.get().text().equals(claim.host().text())) {
      records.delete(claim.key(), kept.get().revision());
    }
  }

  /** Ends all of a host. @return those */
  public List<Claim> release(HostName host) throws FleetException {
    List<Claim> own = all().stream().filter(claim -> claim.host().equals(host)).toList();
    for (Claim claim : own) {
      release(claim);
    }
    return own;
  }
}
