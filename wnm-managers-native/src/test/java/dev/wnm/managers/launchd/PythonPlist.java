package dev.wnm.managers.launchd;

import dev.wnm.spi.manager.NodeSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A node as the Python wnm 0.5.0 makes it, its property list not escaped. */
final class PythonPlist {
  private PythonPlist() {}

  /** Makes folders, binary and property list. @param logDir shared by all nodes */
  static void make(NodeSpec node, Path plist, Path logDir) throws IOException {
    Files.createDirectories(node.rootDir());
    Files.createDirectories(logDir.resolve(node.rootDir().getFileName()));
    Files.createDirectories(plist.getParent());
    Files.copy(node.source(), node.binary(), StandardCopyOption.COPY_ATTRIBUTES);
    Files.writeString(plist, text(node, logDir));
  }

  static String text(NodeSpec node, Path logDir) {
    String name = node.rootDir().getFileName().toString();
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
        <plist version="1.0">
        <dict>
            <key>Label</key>
            <string>com.autonomi.antnode-%d</string>

            <key>ProgramArguments</key>
            <array>
                <string>%s</string>
                <string>--no-upnp</string>
                <string>--bootstrap-cache-dir</string>
                <string>%s</string>
                <string>--root-dir</string>
                <string>%s</string>
                <string>--port</string>
                <string>%d</string>
                <string>--metrics-server-port</string>
                <string>%d</string>
                <string>--log-output-dest</string>
                <string>%s</string>
                <string>--max-log-files</string>
                <string>1</string>
                <string>--max-archived-log-files</string>
                <string>1</string>
                <string>--rewards-address</string>
                <string>%s</string>
                <string>evm-arbitrum-one</string>
            </array>

            <key>WorkingDirectory</key>
            <string>%s</string>

            <key>StandardOutPath</key>
            <string>%s/%s.log</string>

            <key>StandardErrorPath</key>
            <string>%s/%s.log</string>

            <key>EnvironmentVariables</key>
            <dict>
                <key>RUST_LOG</key>
                <string>warn</string>
            </dict>

            <key>RunAtLoad</key>
            <true/>

            <key>KeepAlive</key>
            <true/>
        </dict>
        </plist>
        """.formatted(node.id(), node.binary(), node.bootstrapCache(), node.rootDir(), node.ports().node(),
        node.ports().metrics().orElseThrow(), logDir, node.wallet(), node.rootDir(), logDir, name, logDir, name);
  }
}
