/**
 * The service provider interface of process managers: what a back end offers, what it is given, and what it reports.
 *
 * <p>A process manager runs nodes and reports facts; it is given no store and never decides what to do. It needs this module
 * and nothing else of wnm.
 */
@NullMarked
package dev.wnm.spi.manager;

import org.jspecify.annotations.NullMarked;
