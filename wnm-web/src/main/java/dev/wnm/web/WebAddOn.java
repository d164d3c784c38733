package dev.wnm.web;

import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.core.watch.WatchAddOn;
import java.io.IOException;
import java.util.Optional;

/** Serves the page where {@code --serve} asks for it. */
public final class WebAddOn implements WatchAddOn {
  @Override
  public Optional<Running> begin(Host host) throws IOException {
    Settings settings = host.settings();
    Optional<String> address = settings.find(Options.SERVE).filter(text -> !text.isEmpty());
    return address.isEmpty() ? Optional.empty() : Optional.of(Site.open(ServeOrder.of(settings, address.get()), host));
  }
}
