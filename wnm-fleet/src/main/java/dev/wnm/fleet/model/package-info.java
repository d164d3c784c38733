/** The words: hosts, what they say, what is wished of them, what they are asked. Uses nothing else of the fleet. */
@NullMarked
package dev.wnm.fleet.model;

import org.jspecify.annotations.NullMarked;
