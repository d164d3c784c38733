package dev.wnm.core.whatif.replay;

import java.time.Duration;

/**
 * How a fleet went.
 *
 * @param nodes how many nodes there were in the end
 * @param running how many of them ran in the end
 * @param meanRunning how many ran on the average over the time that is known
 * @param mostRunning the most that ran at once
 * @param added how many nodes were added
 * @param started how many stopped nodes were started
 * @param stopped how many nodes were stopped for pressure
 * @param removed how many nodes were removed, but for those that were dead
 * @param pressure how long the machine was under pressure, by the settings that held
 */
public record Fate(int nodes, int running, double meanRunning, int mostRunning, int added, int started, int stopped, int removed,
    Duration pressure) {}
