/**
 * The service provider interface of process managers: what a back end offers, what it is given, and what it reports.
 *
 * <p>A process manager runs nodes and reports facts; it is given no store and never decides what to do. It needs this module
 * and nothing else of wnm.
 *
 * <p>Records grow: a part that is added later has a default in each builder and each {@code of}, {@code at} or {@code done}, so
 * that these, and the methods called {@code with…}, go on working for whoever was compiled before. The records' own constructors
 * do not; use them in no back end.
 */
@NullMarked
package dev.wnm.spi.manager;

import org.jspecify.annotations.NullMarked;
