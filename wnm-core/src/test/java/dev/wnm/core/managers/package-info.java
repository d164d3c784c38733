/** Tests of the border between core and process managers, with plug-in jars that are compiled here. */
package dev.wnm.core.managers;
