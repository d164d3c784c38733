/**
 * What a service beside the nodes may have beyond a process that is started and stopped: checks, needs, limits, rights, a way of
 * logging, a way to reload, and what is to be done before a stop. Each is a value that reads itself from an option's text and
 * writes itself into the service's folder; {@code /usr/local/lib/wnm-companions} of the image acts on what is written there.
 */
package dev.wnm.managers.s6overlay.companion;
