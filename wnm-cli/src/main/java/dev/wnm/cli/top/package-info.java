/**
 * {@code --top}: the colony on a terminal, live. A {@link dev.wnm.cli.top.Model} is what is seen and chosen,
 * {@link dev.wnm.cli.top.Keys} change it, a {@link dev.wnm.cli.top.Frame} is how it looks: those are pure. {@link dev.wnm.cli.top.Reader}
 * reads beside them, and {@link dev.wnm.cli.top.Stage} alone touches the terminal. The words are those of the reports.
 */
package dev.wnm.cli.top;
