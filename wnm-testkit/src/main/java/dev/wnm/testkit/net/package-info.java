/** Networks that tests make on this machine. Changes the machine's interfaces, so it needs root. */
package dev.wnm.testkit.net;
