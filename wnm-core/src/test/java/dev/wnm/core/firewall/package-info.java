/** Tests of real firewalls, in containers that stand for an operator's machine. */
package dev.wnm.core.firewall;
