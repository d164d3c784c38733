/**
 * A host's side of a fleet. It is a user of wnm's command line like any other: what it does there is checked, locked and recorded as ever, and
 * there is nothing that it can do and an operator at the machine cannot.
 */
@NullMarked
package dev.wnm.fleet.host;

import org.jspecify.annotations.NullMarked;
