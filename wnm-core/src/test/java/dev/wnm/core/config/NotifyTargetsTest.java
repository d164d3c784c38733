package dev.wnm.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.core.service.ServiceOrder;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.manager.OperatingSystem;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom to tell is read whole, and shown no more of it than where it is. */
class NotifyTargetsTest {
  private static final Platform PLATFORM =
      new Platform(OperatingSystem.LINUX, Path.of("/home/op"), "op", false, 4, Map.of(), Path.of("/"));

  private static Settings settings(String... words) {
    return SettingsResolver.commandLineOnly(OptionRegistry.ofClassPath(), PLATFORM, List.of(words));
  }

  @Test
  void severalAreSeparatedByCommasAndAnAddressMayHaveSome() {
    List<NotifyTarget> all = settings("--notify", "/usr/bin/page,https://hooks.example/T0/SECRET?a=1,2, http://127.0.0.1:8080/x,/usr/bin/page")
        .get(Options.NOTIFY).all();
    assertThat(all).extracting(NotifyTarget::name).containsExactly("/usr/bin/page", "hooks.example", "127.0.0.1:8080");
    assertThat(all.get(1).text()).isEqualTo("https://hooks.example/T0/SECRET?a=1,2");
  }

  @Test
  void nothingThatShowsSettingsShowsAnAddress() {
    Settings settings = settings("--notify", "https://anna:SECRET@hooks.example/SECRET?token=SECRET");
    assertThat(settings.asText()).containsEntry("notify", "hooks.example");
    assertThat(settings.get(Options.NOTIFY).toString()).isEqualTo("hooks.example");
    assertThat(settings.get(Options.NOTIFY).all().toString()).isEqualTo("[hooks.example]");
    assertThat(settings.kept()).doesNotContainKey("notify");
  }

  @ParameterizedTest
  @ValueSource(strings = {"SECRET", "ftp://hooks.example/SECRET", "https://hooks.example/SECRET|x", "https:///SECRET", "http://hooks.example/SECRET",
      "https://hooks.example/SECRET#x", "http://127.0.0.1.example/SECRET", "relative/SECRET"})
  void whatIsRefusedIsNotShownEither(String text) {
    assertThatThrownBy(() -> settings("--notify", text)).isInstanceOf(BadInputException.class).hasMessageContaining("--notify must")
        .hasMessageContaining("the command line").hasMessageNotContaining("SECRET");
  }

  @Test
  void moreThanEightAreTooMany() {
    String nine = String.join(",", Arrays.stream(new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9}).mapToObj(i -> "/p" + i).toList());
    assertThatThrownBy(() -> settings("--notify", nine)).hasMessageContaining("8 targets at most");
  }

  @Test
  void aServiceGetsProgramsAndFilesOnItsCommandLineAndNoAddress() {
    Settings programs = settings("--install_service", "--notify", "/usr/bin/page", "--notify_file", "/etc/wnm/targets", "--notify_events", "died,failed");
    assertThat(ServiceOrder.of(programs, List.of("/usr/bin/wnm")).command())
        .contains("--notify=/usr/bin/page", "--notify_file=/etc/wnm/targets", "--notify_events=died,failed");
    Settings address = settings("--install_service", "--notify", "https://hooks.example/SECRET");
    assertThatThrownBy(() -> ServiceOrder.of(address, List.of("wnm"))).isInstanceOf(BadInputException.class).hasMessageContaining("--notify_file")
        .hasMessageNotContaining("SECRET");
  }
}
