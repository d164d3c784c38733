package dev.wnm.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.core.model.WantedRelease;
import dev.wnm.spi.config.BadInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is put where, over a real connection, with programs that are really run. */
class NodeFetchTest {
  private static final Signer SIGNER = new Signer();

  @TempDir
  private Path folder;
  private Publisher publisher;
  private Site site;

  @BeforeEach
  void aPublisherIsThere() throws IOException, GeneralSecurityException {
    publisher = new Publisher();
    site = new Site(folder, SIGNER.source());
    publish("0.23.1");
  }

  @AfterEach
  void itEnds() {
    publisher.close();
  }

  private void publish(String version) {
    byte[] archive = Archives.release(version);
    publisher.publish(version, archive, SIGNER.sign(archive));
  }

  private Fetched newest() throws IOException {
    return site.from(publisher).fetch(site.order(Site.NEWEST));
  }

  private void refused(String why) {
    assertThatThrownBy(this::newest).isInstanceOf(FetchException.class).hasMessageStartingWith("ant-node is not fetched: ")
        .hasMessageContaining(why).hasMessageContaining("; nothing was changed");
  }

  @Test
  void theProgramAndItsPeersComeWithTheirModesAndNothingElseDoes() throws IOException {
    Fetched fetched = newest();
    assertThat(fetched.program()).isEqualTo(site.program());
    assertThat(fetched.sentence()).isEqualTo("ant-node 0.23.1 is at " + site.program()
        + ", its signature checked, with bootstrap_peers.toml beside it");
    assertThat(site.names()).containsExactly("ant-node", "bootstrap_peers.toml");
    assertThat(site.program()).hasContent(Archives.program("0.23.1"));
    assertThat(site.peers()).hasContent(Archives.PEERS);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(site.program()))).isEqualTo("rwxr-xr-x");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(site.peers()))).isEqualTo("rw-r--r--");
  }

  @Test
  void theNewestIsTheOneWithTheHighestVersionThatIsNoPreReleaseAndHasBothFiles() throws IOException {
    publish("0.24.0-rc.1");
    publisher.publish("0.25.0", Map.of(Publisher.ARCHIVE, Archives.release("0.25.0")), Map.of());
    publish("0.100.0");
    publish("0.9.9");
    newest();
    assertThat(site.program()).hasContent(Archives.program("0.100.0"));
  }

  @Test
  void aReleaseThatIsNamedComesThoughThereAreNewerOnes() throws IOException {
    publish("0.22.0-beta.2");
    site.from(publisher).fetch(site.order(Site.version("0.22.0-beta.2")));
    assertThat(site.program()).hasContent(Archives.program("0.22.0-beta.2"));
  }

  @Test
  void aReleaseThatIsThereIsNotDownloaded() throws IOException {
    site.has("0.23.1", "peers = []\n");
    assertThat(newest().sentence()).isEqualTo("ant-node 0.23.1, the newest release, is at " + site.program() + " already");
    assertThat(publisher.asked()).hasSize(1);
    assertThat(site.peers()).hasContent("peers = []\n");
  }

  @Test
  void peersThatAreMissingBesideTheSameReleaseAreFetched() throws IOException {
    site.has("0.23.1", "");
    Files.delete(site.peers());
    newest();
    assertThat(site.peers()).hasContent(Archives.PEERS);
  }

  @Test
  void theProgramBeforeIsKept() throws IOException {
    site.has("0.22.0", Archives.PEERS);
    assertThat(newest().sentence()).endsWith("; the program that was there (0.22.0) is kept as ant-node.before");
    assertThat(site.bin.resolve("ant-node.before")).hasContent(Archives.program("0.22.0")).isExecutable();
    assertThat(site.names()).containsExactly("ant-node", "ant-node.before", "bootstrap_peers.toml");
  }

  @Test
  void peersThatAnOperatorChangedAreKeptForGood() throws IOException {
    site.has("0.22.0", "mine\n");
    newest();
    assertThat(site.bin.resolve("bootstrap_peers.toml.before")).hasContent("mine\n");
    byte[] later = Archives.release("0.23.2", "others\n");
    publisher.publish("0.23.2", later, SIGNER.sign(later));
    newest();
    assertThat(site.bin.resolve("bootstrap_peers.toml.before")).hasContent("mine\n");
    assertThat(site.bin.resolve("bootstrap_peers.toml.before-2")).hasContent(Archives.PEERS);
    assertThat(site.peers()).hasContent("others\n");
    Files.writeString(site.peers(), "mine\n");
    publish("0.23.3");
    newest();
    assertThat(site.names()).doesNotContain("bootstrap_peers.toml.before-3");
  }

  @Test
  void aLinkGivesWayAndWhatItLeadsToStays() throws IOException {
    site.has("0.22.0", Archives.PEERS);
    Path elsewhere = Files.move(site.program(), folder.resolve("operators-own"));
    Files.createSymbolicLink(site.program(), elsewhere);
    newest();
    assertThat(site.program()).isRegularFile().isNotEqualTo(elsewhere).hasContent(Archives.program("0.23.1"));
    assertThat(Files.isSymbolicLink(site.program())).isFalse();
    assertThat(elsewhere).hasContent(Archives.program("0.22.0"));
    assertThat(Files.readSymbolicLink(site.bin.resolve("ant-node.before"))).isEqualTo(elsewhere);
  }

  @Test
  void anOlderReleaseTakesThePlaceOfANewerOneOnlyWhenThatIsConfirmed() throws IOException {
    site.has("0.24.0", Archives.PEERS);
    assertThatThrownBy(this::newest).isInstanceOf(BadInputException.class).hasMessage("--fetch_node: release 0.23.1 is older than "
        + site.program() + ", which is 0.24.0; with --confirm it takes its place");
    assertThat(site.program()).hasContent(Archives.program("0.24.0"));
    site.from(publisher).fetch(new FetchOrder(Site.NEWEST, site.program(), true, false));
    assertThat(site.program()).hasContent(Archives.program("0.23.1"));
  }

  @Test
  void whoNamesADigestIsGivenNoOtherProgramSignedOrNot() throws Exception {
    String program = Archives.program("0.23.1");
    String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(program.getBytes(StandardCharsets.UTF_8)));
    assertThatThrownBy(() -> site.from(publisher).fetch(new FetchOrder(Site.NEWEST, Optional.of("ab".repeat(32)), site.program(), false, false)))
        .isInstanceOf(FetchException.class).hasMessageContaining("has the SHA-256 " + digest + ", not the one that is wanted").hasMessageContaining("nothing was changed");
    assertThat(site.program()).doesNotExist();

    site.from(publisher).fetch(new FetchOrder(Site.NEWEST, Optional.of(digest), site.program(), false, false));

    assertThat(site.program()).hasContent(program);
    assertThatThrownBy(() -> site.from(publisher).fetch(new FetchOrder(Site.NEWEST, Optional.of("ab".repeat(32)), site.program(), false, false)))
        .as("also of what lies there already").isInstanceOf(FetchException.class);
  }

  @Test
  void aProgramThatDoesNotRunIsReplaced() throws IOException {
    site.has("0.24.0", Archives.PEERS);
    Files.writeString(site.program(), "#!/bin/sh\nexit 3\n");
    newest();
    assertThat(site.program()).hasContent(Archives.program("0.23.1"));
  }

  @Test
  void aDryRunSaysWhatComesAndWritesNothing() throws IOException {
    site.has("0.22.0", "");
    Fetched would = site.from(publisher).fetch(new FetchOrder(Site.NEWEST, site.program(), false, true));
    assertThat(would.isDone()).isFalse();
    assertThat(would.sentence()).isEqualTo("would put ant-node 0.23.1 from "
        + publisher.address().resolve(Publisher.path("0.23.1", Publisher.ARCHIVE)) + " at " + site.program() + " in the place of 0.22.0");
    assertThat(site.names()).containsExactly("ant-node", "bootstrap_peers.toml");
    assertThat(publisher.asked()).hasSize(1);
  }

  @Test
  void aDryRunOfAnArchiveChecksItsSignatureAndWritesNothing() throws IOException {
    byte[] release = Archives.release("0.23.1");
    Path archive = Files.write(folder.resolve("release.tar.gz"), release);
    Files.write(folder.resolve("release.tar.gz.sig"), SIGNER.sign(release));
    FetchOrder order = new FetchOrder(new WantedRelease.InFile(archive), site.program(), false, true);
    assertThat(site.withoutANetwork().fetch(order).sentence())
        .isEqualTo("would put the ant-node of " + archive + ", whose signature is right, at " + site.program());
    assertThat(site.bin).doesNotExist();
    Files.write(folder.resolve("release.tar.gz.sig"), new Signer().sign(release));
    assertThatThrownBy(() -> site.withoutANetwork().fetch(order)).hasMessageContaining("its signature does not match");
  }

  @Test
  void anotherProgramIsNotOverwritten() throws IOException {
    Files.createDirectories(site.bin);
    Path old = site.bin.resolve("my-node");
    Files.writeString(old, "#!/bin/sh\necho Autonomi Node v0.4.17\n");
    Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThatThrownBy(() -> site.from(publisher).fetch(new FetchOrder(Site.NEWEST, old, true, false)))
        .isInstanceOf(BadInputException.class).hasMessageContaining("ant-node is not put in its place");
    assertThat(site.names()).containsExactly("my-node");
  }

  @Test
  void aFileOfAnotherNameThatIsNoNodeProgramIsNotOverwritten() throws IOException {
    Files.createDirectories(site.bin);
    Path tool = Files.writeString(site.bin.resolve("tool"), "#!/bin/sh\necho tool 1.0\n");
    Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThatThrownBy(() -> site.from(publisher).fetch(new FetchOrder(Site.NEWEST, tool, true, false)))
        .isInstanceOf(BadInputException.class)
        .hasMessage("--antnode_path " + tool + " is there, and is no ant-node that runs; name another file");
    assertThat(site.names()).containsExactly("tool");
  }

  @Test
  void aFolderThatOthersCanChangeGetsNoProgram() throws IOException {
    Files.createDirectories(site.bin);
    Files.setPosixFilePermissions(site.bin, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatThrownBy(this::newest).isInstanceOf(BadInputException.class)
        .hasMessageContaining("can be changed by everyone").hasMessageContaining("chmod go-w");
    assertThat(publisher.asked()).isEmpty();
  }

  @Test
  void whatAnotherKeyHasSignedIsNotBelieved() {
    byte[] archive = Archives.release("0.23.2");
    publisher.publish("0.23.2", archive, new Signer().sign(archive));
    refused("its signature does not match");
    assertThat(site.bin).doesNotExist();
  }

  @Test
  void whatTheKeyHasSignedForAnotherPurposeIsNotBelieved() {
    byte[] archive = Archives.release("0.23.2");
    publisher.publish("0.23.2", archive, SIGNER.sign(archive, "ant-client-release-v1"));
    refused("its signature does not match");
  }

  @Test
  void anArchiveThatIsNotTheOneOfTheChecksumIsNotBelieved() throws GeneralSecurityException {
    byte[] archive = Archives.release("0.23.2");
    String other = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest("other".getBytes(StandardCharsets.UTF_8)));
    publisher.publish("0.23.2", Map.of(Publisher.ARCHIVE, archive, Publisher.ARCHIVE + ".sig", SIGNER.sign(archive)),
        Map.of(Publisher.ARCHIVE, "sha256:" + other));
    refused("it has not the checksum that GitHub publishes for it");
  }

  @Test
  void anArchiveWithItsChecksumIsBelieved() throws GeneralSecurityException, IOException {
    byte[] archive = Archives.release("0.23.2");
    publisher.publish("0.23.2", Map.of(Publisher.ARCHIVE, archive, Publisher.ARCHIVE + ".sig", SIGNER.sign(archive)),
        Map.of(Publisher.ARCHIVE, "sha256:" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(archive))));
    newest();
    assertThat(site.program()).hasContent(Archives.program("0.23.2"));
  }

  @Test
  void anEarlierReleaseUnderALaterNameIsFoundOutByItsVersion() throws IOException {
    byte[] archive = Archives.release("0.20.0");
    publisher.publish("0.23.2", archive, SIGNER.sign(archive));
    site.has("0.19.0", "");
    refused("the program in it says that it is 0.20.0 and not 0.23.2");
    assertThat(site.program()).hasContent(Archives.program("0.19.0"));
    assertThat(site.names()).containsExactly("ant-node", "bootstrap_peers.toml");
  }

  @Test
  void aProgramThatDoesNotRunHereIsNotPutInItsPlace() throws IOException {
    byte[] archive = new Archives().file("ant-node", "\177ELF of another machine").file("bootstrap_peers.toml", "").bytes();
    publisher.publish("0.23.2", archive, SIGNER.sign(archive));
    site.has("0.19.0", "");
    refused("the program in it does not run here");
    assertThat(site.program()).hasContent(Archives.program("0.19.0"));
  }

  @Test
  void anArchiveWithoutPeersIsNotPutInItsPlace() {
    byte[] archive = new Archives().file("ant-node", Archives.program("0.23.2")).bytes();
    publisher.publish("0.23.2", archive, SIGNER.sign(archive));
    refused("it holds no bootstrap_peers.toml");
    assertThat(site.bin).doesNotExist();
  }

  @Test
  void aMachineForWhichThereIsNoReleaseIsSaid() {
    NodeFetch fetch = site.on("linux-riscv64", publisher.address(), () -> {
      throw new AssertionError("asked for a network");
    });
    assertThatThrownBy(() -> fetch.fetch(site.order(Site.NEWEST)))
        .hasMessage("ant-node is not fetched: Weavers/ant-node has no release for linux-riscv64, only for linux-x64; nothing was changed");
  }

  @Test
  void anArchiveOfTheOperatorsIsHeldToTheSameChecks() throws IOException {
    Path archive = folder.resolve("got-by-hand.tar.gz");
    byte[] release = Archives.release("0.23.1");
    Files.write(archive, release);
    NodeFetch fetch = site.withoutANetwork();
    FetchOrder order = site.order(new WantedRelease.InFile(archive));
    assertThatThrownBy(() -> fetch.fetch(order)).isInstanceOf(BadInputException.class)
        .hasMessage("--fetch_node: there is no file " + archive + ".sig, or it cannot be read");
    Files.write(folder.resolve("got-by-hand.tar.gz.sig"), new Signer().sign(release));
    assertThatThrownBy(() -> fetch.fetch(order)).isInstanceOf(FetchException.class).hasMessage("ant-node is not fetched: " + archive
        + ": its signature does not match: it is not what the publisher has signed, or not whole; nothing was changed");
    assertThat(site.bin).doesNotExist();
    Files.write(folder.resolve("got-by-hand.tar.gz.sig"), SIGNER.sign(release));
    fetch.fetch(order);
    assertThat(site.program()).hasContent(Archives.program("0.23.1"));
    assertThat(archive).hasBinaryContent(release);
  }

  @Test
  void anOlderArchiveOfTheOperatorsNeedsToBeConfirmed() throws IOException {
    byte[] release = Archives.release("0.23.1");
    Path archive = Files.write(folder.resolve("older.tar.gz"), release);
    Files.write(folder.resolve("older.tar.gz.sig"), SIGNER.sign(release));
    site.has("0.24.0", "mine\n");
    FetchOrder order = site.order(new WantedRelease.InFile(archive));
    assertThatThrownBy(() -> site.withoutANetwork().fetch(order)).isInstanceOf(BadInputException.class)
        .hasMessageContaining("release 0.23.1 is older than");
    assertThat(site.names()).containsExactly("ant-node", "bootstrap_peers.toml");
    assertThat(site.peers()).hasContent("mine\n");
  }

  @Test
  void aPlaceThatCannotBeWrittenIsSaid() throws IOException {
    site.has("0.22.0", "");
    Files.delete(site.peers());
    Files.createDirectories(site.peers().resolve("full"));
    assertThatThrownBy(this::newest).isInstanceOf(IOException.class)
        .hasMessageStartingWith("ant-node 0.23.1 is not put whole into " + site.bin + ": ").hasMessageEndingWith("; repeat it");
    assertThat(site.program()).hasContent(Archives.program("0.22.0"));
    assertThat(site.peers().resolve("full")).exists();
  }

  @Test
  void oneWnmAtATimeFetchesIntoAFolder() throws IOException {
    Files.createDirectories(site.bin);
    try (Staging held = Staging.in(site.bin)) {
      refused("another wnm is fetching into " + site.bin);
    }
    newest();
    assertThat(site.names()).containsExactly("ant-node", "bootstrap_peers.toml");
  }
}
