/** What README and docs say is tried here: their examples are run, their links followed, their options looked up. */
package dev.wnm.cli.docs;
