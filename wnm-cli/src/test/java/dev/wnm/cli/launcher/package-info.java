/** Tests of {@code bin/wnm}, with shell scripts in the place of Java: what it starts, and with what. */
package dev.wnm.cli.launcher;
