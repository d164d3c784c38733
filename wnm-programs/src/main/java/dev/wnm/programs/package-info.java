/**
 * The node programs that wnm comes with: {@link dev.wnm.programs.Antnode} of the old network and {@link dev.wnm.programs.AntNode2}
 * of the present one, each with all that differs between them. No other package of wnm knows which one a node is.
 *
 * <p>May use the SPI.
 */
package dev.wnm.programs;
