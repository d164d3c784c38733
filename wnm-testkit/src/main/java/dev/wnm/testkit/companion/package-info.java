/**
 * Stand-ins for daemons that run beside nodes, and what a supervisord.conf of them looks like. The scripts are resources of this
 * package; what they do is told at their top.
 */
package dev.wnm.testkit.companion;
