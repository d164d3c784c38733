/**
 * Who starts wnm itself: a service or timer of systemd, a service of launchd, or a line in the account's crontab. Writes their files,
 * starts and stops them, and takes away only what it has written. May use {@code config} and the SPI.
 */
@NullMarked
package dev.wnm.core.service;

import org.jspecify.annotations.NullMarked;
