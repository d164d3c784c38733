package dev.wnm.web;

import dev.wnm.core.colony.Colony;
import dev.wnm.core.colony.PageWriter;
import dev.wnm.web.api.Report;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** {@code --report html}: the same page with its files and its data inside. It asks nobody anything, and runs no script but its own. */
public final class FilePage implements PageWriter {
  @Override
  public String write(Colony colony) {
    return page(Report.of(colony).toString());
  }

  /** @param data as JSON */
  static String page(String data) {
    // Within a script element only this could end it, or open a comment.
    String safe = data.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
    String script = "window.WNM_DATA=" + safe + ";\n" + String.join(";\n", Assets.scripts()).replace("</script", "<\\/script");
    String style = String.join("\n", Assets.styles());
    String policy = "default-src 'none'; img-src data:; script-src 'sha256-" + digest(script) + "'; style-src 'sha256-" + digest(style) + "'";
    String page = Assets.index().lines().filter(line -> !line.startsWith("<script defer") && !line.startsWith("<link rel=")).reduce("", (a, b) -> a + b + "\n");
    return page.replace("<title>", "<meta http-equiv=\"Content-Security-Policy\" content=\"" + policy + "\">\n<title>")
        .replace("</head>", "<style>" + style + "</style>\n</head>")
        .replace("</body>", "<script>" + script + "</script>\n</body>");
  }

  private static String digest(String text) {
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("each Java has SHA-256", e);
    }
  }
}
