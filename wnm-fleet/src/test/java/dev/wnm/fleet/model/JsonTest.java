package dev.wnm.fleet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.core.allocation.BlockList;
import dev.wnm.fleet.json.UnreadableException;
import dev.wnm.fleet.transport.Invitation;
import dev.wnm.fleet.transport.ScriptedDesk;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  private static final HostName A1 = new HostName("a1");

  @Test
  void aStateIsReadAsItWasWrittenAndIsSmall() throws Exception {
    HostState state = inSeconds(new ScriptedDesk("a1").state());

    String text = HostStateJson.write(state);

    assertThat(HostStateJson.read(text)).isEqualTo(state);
    assertThat(text.getBytes(StandardCharsets.UTF_8).length).isLessThan(4_096);
  }

  private static HostState inSeconds(HostState state) {
    Instant second = state.at().truncatedTo(ChronoUnit.SECONDS);
    HostState.Nodes nodes = state.nodes();
    HostState.Outlook outlook = state.outlook();
    return new HostState(state.host(), state.run(), second, state.labels(), state.wnm(), state.interval(),
        new HostState.Nodes(nodes.byStatus(), nodes.byVersion(), nodes.cap(), nodes.troubled(), Optional.of(second)), state.resources(),
        new HostState.Outlook(outlook.verdict(), outlook.sentence(), outlook.troubles(), outlook.next(), outlook.whyNotMore(), outlook.last(),
            Optional.of(second)), state.limits(), state.groups(), state.answer());
  }

  @Test
  void whatIsNotKnownIsAbsentAndNotZero() throws Exception {
    HostState read = HostStateJson.read("{\"v\":1,\"host\":\"a1\",\"id\":\"x\",\"boot\":\"y\",\"seq\":1,\"time\":5,\"every\":60,\"nodes\":{},"
        + "\"outlook\":{},\"wish\":{\"generation\":0,\"outcome\":\"NONE\"},\"resources\":[{\"name\":\"CPU\"}],\"later\":{\"more\":[1,2]}}");

    assertThat(read.nodes().cap()).isEmpty();
    assertThat(read.nodes().troubled()).isEmpty();
    assertThat(read.resources().get(0).used()).isEmpty();
    assertThat(read.room()).isEmpty();
    assertThat(read.outlook().verdict()).isEqualTo("unknown");
  }

  @Test
  void whatAHostSaysHasNoControlCharactersAndNoEnd() throws Exception {
    String text = HostStateJson.write(new ScriptedDesk("a1").state()).replace("all is well", "\\u001b[2J\\u0007" + "x".repeat(5_000));

    assertThat(HostStateJson.read(text).outlook().sentence()).hasSizeLessThanOrEqualTo(400).doesNotContainPattern("\\p{Cc}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "{", "{}", "{\"v\":2}", "{\"v\":1,\"host\":\"A1\"}", "{\"v\":\"1e999\"}", "{\"v\":1,\"host\":{\"a\":1}}",
      "{\"v\":1,\"host\":\"a1\",\"id\":\"x\",\"boot\":\"y\",\"seq\":1.5}", "{\"v\":1,\"host\":\"../../etc\",\"id\":\"x\",\"boot\":\"y\",\"seq\":1}"})
  void whatIsNoStateIsRefusedInASentence(String text) {
    assertThatThrownBy(() -> HostStateJson.read(text)).isInstanceOf(UnreadableException.class).message().isNotBlank().doesNotContain("Exception");
  }

  @Test
  void nothingIsReadThatIsTooLongOrTooDeep() {
    assertThatThrownBy(() -> HostStateJson.read("{\"v\":1,\"x\":\"" + "y".repeat(70_000) + "\"}")).isInstanceOf(UnreadableException.class)
        .hasMessageContaining("longer than");
    assertThatThrownBy(() -> HostStateJson.read("[".repeat(60_000))).isInstanceOf(UnreadableException.class);
  }

  @Test
  void aWishIsReadAsItWasWritten() throws Exception {
    Wish wish = new Wish(A1, 7, "anna", Instant.ofEpochSecond(1_800_000_000), Map.of("node_cap", "40"),
        Optional.of(new WantedProgram("0.4.18", "ab".repeat(32))), BlockList.parse("3,1"), true);

    assertThat(WishJson.read(WishJson.write(wish))).isEqualTo(wish);
    Wish nothing = Wish.nothing(A1, "anna", Instant.ofEpochSecond(1));
    assertThat(WishJson.read(WishJson.write(nothing))).isEqualTo(nothing);
  }

  @Test
  void wishesOfAFleetThatHasLostAllAreNewerThanThoseBefore() {
    Instant before = Instant.ofEpochSecond(1_800_000_000);
    Wish busy = Wish.nothing(A1, "anna", before).next("anna", before).next("anna", before);

    assertThat(busy.generation()).as("greater with every change").isEqualTo(1_800_000_002);
    assertThat(Wish.nothing(A1, "anna", before.plusSeconds(60)).generation()).isGreaterThan(busy.generation());
  }

  @Test
  void aWishSaysWhichProgramExactly() {
    assertThatThrownBy(() -> new WantedProgram("0.4.18", "ab")).hasMessageContaining("64 small hexadecimal digits");
    assertThatThrownBy(() -> new WantedProgram("$(id)", "ab".repeat(32))).hasMessageContaining("such as 0.4.17");
  }

  @Test
  void questionsAndRepliesAreReadAsTheyWereWritten() throws Exception {
    Question question = new Question(Question.Kind.LOGS, Map.of("nodes", "antnode0001", "lines", "20"));
    assertThat(TalkJson.readQuestion(TalkJson.write(question))).isEqualTo(question);
    assertThat(TalkJson.readReply(TalkJson.write(Reply.of("one\ntwo")))).isEqualTo(Reply.of("one\ntwo"));
    assertThat(TalkJson.readReply(TalkJson.write(Reply.of("bell \u0007"))).text()).doesNotContain("\u0007");
    assertThatThrownBy(() -> TalkJson.readQuestion("{\"ask\":\"shell\",\"with\":{\"line\":\"id\"}}")).isInstanceOf(UnreadableException.class)
        .hasMessage("that cannot be asked");
  }

  @Test
  void anInvitationIsReadAsItWasWritten() throws Exception {
    Invitation invitation = new Invitation("home", "nats", A1, Labels.parse("site=home,rack=2"), Map.of("key", "x".repeat(5_000)));

    assertThat(Invitation.read(invitation.text())).isEqualTo(invitation);
  }

  @Test
  void namesAndLabelsAreChecked() {
    assertThat(Labels.parse("site=home,rack=2").site(A1)).isEqualTo("home");
    assertThat(Labels.NONE.site(A1)).isEqualTo("a1");
    assertThatThrownBy(() -> new HostName("a1;rm -rf")).hasMessageContaining("small letters");
    assertThatThrownBy(() -> Labels.parse("site")).hasMessageContaining("NAME=VALUE");
    assertThatThrownBy(() -> Labels.parse("site=a,site=b")).hasMessageContaining("each once");
    assertThatThrownBy(() -> Labels.parse("site=../x")).hasMessageContaining("NAME=VALUE");
  }
}
