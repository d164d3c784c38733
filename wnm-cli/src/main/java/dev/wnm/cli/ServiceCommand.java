package dev.wnm.cli;

import dev.wnm.core.colony.Colony;
import dev.wnm.core.colony.Dependencies;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.ServiceKind;
import dev.wnm.core.config.Settings;
import dev.wnm.core.config.SettingsResolver;
import dev.wnm.core.service.ServiceOrder;
import dev.wnm.core.service.ServiceText;
import dev.wnm.core.service.WnmService;
import dev.wnm.spi.command.CommandFailedException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code --install_service} and {@code --uninstall_service}: who starts wnm itself. */
final class ServiceCommand {
  /** The launcher says in it how it was called. */
  private static final String LAUNCHER = "wnm.launcher";

  private ServiceCommand() {}

  static ExitCode install(SettingsResolver resolver, Dependencies tools, PrintStream out) throws IOException {
    Settings settings;
    try (Colony colony = Colony.openToRead(resolver, tools)) {
      settings = colony.settings();
    }
    WnmService service = new WnmService(tools.runner(), tools.platform());
    Optional<ServiceKind> kind = Optional.of(settings.get(Options.SERVICE_KIND)).filter(word -> !word.isEmpty()).map(ServiceKind::of);
    ServiceOrder order = ServiceOrder.of(settings, self());
    try {
      if (resolver.isDryRun()) {
        for (ServiceText text : service.plan(order, kind).texts()) {
          out.println("would write " + text.place() + ":");
          out.print(text.text());
        }
        return ExitCode.DONE;
      }
      WnmService.Done done = service.install(order, kind);
      out.println("wnm is run by " + places(done.texts().stream().map(ServiceText::place).toList())
          + "; wnm --uninstall_service ends that");
      done.notes().forEach(out::println);
      return ExitCode.DONE;
    } catch (CommandFailedException e) {
      throw new IOException("the service is not installed, or does not run: " + e.getMessage(), e);
    }
  }

  static ExitCode uninstall(SettingsResolver resolver, Dependencies tools, PrintStream out) throws IOException {
    Settings settings = resolver.settle(Map.of(), List.of());
    WnmService service = new WnmService(tools.runner(), tools.platform());
    try {
      if (resolver.isDryRun()) {
        List<String> there = service.installed(settings);
        out.println(there.isEmpty() ? "there is no service of wnm to remove" : "would remove wnm from " + places(there));
        return ExitCode.DONE;
      }
      List<String> removed = service.uninstall(settings);
      out.println(removed.isEmpty() ? "there was no service of wnm to remove" : "removed wnm from " + places(removed) + "; nodes run on");
      return ExitCode.DONE;
    } catch (CommandFailedException e) {
      throw new IOException("the service is not removed as a whole: " + e.getMessage(), e);
    }
  }

  private static String places(List<String> places) {
    return places.stream().collect(Collectors.joining(" and "));
  }

  /** How wnm was called: by its launcher, or as a jar. */
  private static List<String> self() {
    String launcher = System.getProperty(LAUNCHER, "");
    if (!launcher.isEmpty()) {
      return List.of(launcher);
    }
    try {
      List<String> words = new ArrayList<>(List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m", "-jar"));
      words.add(Path.of(ServiceCommand.class.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
      return words;
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
