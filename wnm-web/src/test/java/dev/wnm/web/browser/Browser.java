package dev.wnm.web.browser;

import static dev.wnm.testkit.Eventually.eventually;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * Debian's Chromium without a screen, as {@code prepare-machine} installs it. It finds no host but this machine: names lead nowhere, but for
 * {@link #REBOUND}, which someone has pointed to this machine.
 */
public final class Browser implements AutoCloseable {
  /** A name of somebody else's that leads here. */
  public static final String REBOUND = "rebound.example";
  /** It warns of a browser newer than itself each time; kept here, since a logger that nobody holds forgets its level. */
  private static final Logger QUIETED = Logger.getLogger("org.openqa.selenium");
  private static final int WIDTH = 1440;
  private static final int HEIGHT = 900;
  private static final List<String> QUIET = List.of("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars", "--lang=en",
      "--host-resolver-rules=MAP " + REBOUND + " 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost");

  private final Path profile;
  private final ChromeDriver driver;

  public Browser() throws IOException {
    QUIETED.setLevel(Level.SEVERE);
    profile = Files.createTempDirectory("wnm-browser-");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    ChromeOptions options = new ChromeOptions().setBinary("/usr/bin/chromium").addArguments(QUIET).addArguments("--user-data-dir=" + profile);
    options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
    driver = new ChromeDriver(new ChromeDriverService.Builder().usingDriverExecutable(new File("/usr/bin/chromedriver")).usingAnyFreePort()
        .withSilent(true).build(), options);
    command("Browser.grantPermissions", Map.of("permissions", List.of("clipboardReadWrite", "clipboardSanitizedWrite")));
    asUsual();
  }

  /** As a person has it who set nothing; what was stored and written so far is forgotten. */
  public void asUsual() {
    driver.get("about:blank");
    command("Storage.clearDataForOrigin", Map.of("origin", "*", "storageTypes", "all"));
    screen(WIDTH, HEIGHT);
    media(Map.of());
    console();
    requests();
  }

  public void screen(int width, int height) {
    command("Emulation.setDeviceMetricsOverride", Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
  }

  /** What the person's system says, such as {@code prefers-color-scheme: dark}. */
  public void media(Map<String, String> features) {
    command("Emulation.setEmulatedMedia", Map.of("media", "", "features",
        features.entrySet().stream().map(feature -> Map.of("name", feature.getKey(), "value", feature.getValue())).toList()));
  }

  public void open(String address) {
    driver.get("about:blank");
    driver.get(address);
  }

  /** What is in the address, from # on. */
  public String place() {
    String address = driver.getCurrentUrl();
    return address.contains("#") ? address.substring(address.indexOf('#')) : "";
  }

  public String address() {
    return driver.getCurrentUrl();
  }

  public List<WebElement> all(String css) {
    return driver.findElements(By.cssSelector(css));
  }

  /** The first of these that is there, once there is one. */
  public WebElement one(String css) {
    return eventually(css + " is there", () -> all(css).stream().findFirst());
  }

  /** What a person can read in it, once there is something. */
  public String text(String css) {
    return eventually(css + " says something", () -> textNow(css).filter(text -> !text.isBlank()));
  }

  private Optional<String> textNow(String css) {
    try {
      return all(css).stream().findFirst().map(WebElement::getText);
    } catch (StaleElementReferenceException drawnAnew) {
      return Optional.empty();
    }
  }

  public void awaitText(String css, String part) {
    eventually(css + " says '" + part + "'", () -> textNow(css).filter(text -> text.contains(part)).isPresent());
  }

  public void click(String css) {
    withShown(css, WebElement::click);
  }

  /** Does something with the first of these that is shown, once there is one. */
  private void withShown(String css, Consumer<WebElement> deed) {
    eventually(css + " is shown, and stays for it", () -> {
      try {
        Optional<WebElement> found = all(css).stream().filter(WebElement::isDisplayed).findFirst();
        found.ifPresent(deed);
        return found.isPresent();
      } catch (StaleElementReferenceException drawnAnew) {
        return false;
      }
    });
  }

  /** The button of that name, in the part of the page that the selector means. */
  public void press(String css, String name) {
    eventually("a button '" + name + "' in " + css, () -> Boolean.TRUE.equals(run("""
        const button = [...document.querySelectorAll(arguments[0] + ' button')].find(each => each.textContent.trim() === arguments[1] && !each.disabled);
        if (button) button.click();
        return Boolean(button);""", css, name)));
  }

  /** Keys, typed where the focus is. */
  public void type(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  /** A key, while another one is held. */
  public void typeTogether(Keys held, CharSequence key) {
    new Actions(driver).keyDown(held).sendKeys(key).keyUp(held).perform();
  }

  /** Draws the mouse over an element, from one part of its width to another. */
  void drag(String css, double from, double to) {
    withShown(css, element -> {
      int width = element.getSize().getWidth();
      new Actions(driver).moveToElement(element, (int) ((from - 0.5) * width), 0).clickAndHold().moveByOffset((int) ((to - from) * width / 2), 0)
          .moveByOffset((int) ((to - from) * width / 2), 0).release().perform();
    });
  }

  /** Clicks at a place of the screen, in pixels from its left upper corner. */
  void clickAt(int x, int y) {
    new Actions(driver).moveToLocation(x, y).click().perform();
  }

  /** Runs a script in the page. @return what it returns: null, Boolean, Long, Double, String, List, Map */
  public Object run(String script, Object... arguments) {
    return ((JavascriptExecutor) driver).executeScript(script, arguments);
  }

  /** Runs one that calls its last argument with what is to be returned. */
  Object runAndWait(String script, Object... arguments) {
    return ((JavascriptExecutor) driver).executeAsyncScript(script, arguments);
  }

  /** What was copied last. */
  String clipboard() {
    return String.valueOf(runAndWait("navigator.clipboard.readText().then(arguments[0], refused => arguments[0](String(refused)))"));
  }

  /** What the page wrote to the console since this was last asked, policy violations included. */
  public List<String> console() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream().map(entry -> entry.getLevel() + " " + entry.getMessage()).toList();
  }

  /** The addresses that were asked since this was last asked. */
  public List<String> requests() {
    return driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
        .map(entry -> JsonParser.parseString(entry.getMessage()).getAsJsonObject().getAsJsonObject("message"))
        .filter(event -> event.get("method").getAsString().equals("Network.requestWillBeSent"))
        .map(event -> event.getAsJsonObject("params").getAsJsonObject("request").get("url").getAsString()).toList();
  }

  /** The accessibility tree: nodes with role and name, as helpers for the blind have them. */
  public List<JsonObject> accessible() {
    command("Accessibility.enable", Map.of());
    return json(command("Accessibility.getFullAXTree", Map.of())).getAsJsonArray("nodes").asList().stream().map(node -> node.getAsJsonObject())
        .filter(node -> !node.get("ignored").getAsBoolean()).toList();
  }

  /** A picture of what is on the screen, as PNG. */
  public byte[] picture() {
    return Base64.getDecoder().decode(String.valueOf(command("Page.captureScreenshot", Map.of("format", "png")).get("data")));
  }

  /** Opens a page in a tab of its own and goes there. */
  void newTab(String address) {
    driver.switchTo().newWindow(WindowType.TAB);
    driver.get(address);
  }

  /** Closes this tab and goes to the one that is left. */
  void closeTab() {
    driver.close();
    driver.switchTo().window(driver.getWindowHandles().iterator().next());
  }

  /** Closes all tabs but this. */
  void closeOthers() {
    String own = driver.getWindowHandle();
    driver.getWindowHandles().stream().filter(handle -> !handle.equals(own)).forEach(handle -> driver.switchTo().window(handle).close());
    driver.switchTo().window(own);
  }

  private Map<String, Object> command(String name, Map<String, Object> parameters) {
    return driver.executeCdpCommand(name, parameters);
  }

  private static JsonObject json(Map<String, Object> answer) {
    return new Gson().toJsonTree(new HashMap<>(answer)).getAsJsonObject();
  }

  @Override
  public void close() throws IOException {
    driver.quit();
    try (Stream<Path> files = Files.walk(profile)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }
}
