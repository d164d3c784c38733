package dev.wnm.core.report;

/**
 * Something that an operator should look after.
 *
 * @param what what is wrong or unknown, a clause
 * @param mend what to do about it, such as a command; empty where there is nothing to do but wait
 */
public record Problem(String what, String mend) {}
