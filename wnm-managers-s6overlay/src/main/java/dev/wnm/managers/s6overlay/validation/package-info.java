/**
 * Whether a tree of services can be what it is meant to be: {@link dev.wnm.managers.s6overlay.validation.Validation} is the way in.
 * {@link dev.wnm.managers.s6overlay.validation.ServiceTree} reads a tree once; all rules are about what was read then. Writes nothing
 * that stays; runs s6-rc-compile and, when an image is named, one container of it, and nothing that a tree holds.
 */
package dev.wnm.managers.s6overlay.validation;
