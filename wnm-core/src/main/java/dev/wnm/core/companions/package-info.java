/**
 * Services that run beside the nodes of container groups: what a person asks of them, and does to them, by name. Nothing of them is
 * stored, and no cycle looks at them but for what a group's health says.
 */
@NullMarked
package dev.wnm.core.companions;

import org.jspecify.annotations.NullMarked;
