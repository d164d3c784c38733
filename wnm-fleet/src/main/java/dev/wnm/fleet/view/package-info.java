/** What is believed of hosts by what was heard of them, and tables of it. Uses {@code model} and {@code transport}. */
@NullMarked
package dev.wnm.fleet.view;

import org.jspecify.annotations.NullMarked;
