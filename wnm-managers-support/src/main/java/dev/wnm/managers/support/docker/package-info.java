/**
 * The docker command, and what all back ends need whose nodes live in containers: whose account nodes run as, limits, names
 * of containers, images.
 *
 * <p>Reads what docker prints, and runs it by the runner that a back end is given.
 */
package dev.wnm.managers.support.docker;
