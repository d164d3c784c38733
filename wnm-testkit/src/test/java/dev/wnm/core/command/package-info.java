/** Tests of running programs that need a machine of their own. */
package dev.wnm.core.command;
