package dev.wnm.web.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands the one browser to all tests, each of which finds it as it is at first. It is ended after the last of them. */
public final class BrowserExtension implements ParameterResolver, BeforeEachCallback {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Browser.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return browser(context);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    browser(context).asUsual();
  }

  private static Browser browser(ExtensionContext context) {
    return context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL).getOrComputeIfAbsent(Browser.class, key -> {
      try {
        return new Browser();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }, Browser.class);
  }
}
