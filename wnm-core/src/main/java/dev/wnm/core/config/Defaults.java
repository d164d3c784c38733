package dev.wnm.core.config;

import java.nio.file.Path;

/**
 * What built-in defaults may depend on.
 *
 * @param platform the machine
 * @param processManager the process manager in force
 * @param folders where wnm keeps its things under that
 * @param database the database file in force
 */
record Defaults(Platform platform, String processManager, Folders folders, Path database) {}
