// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.timing;

/**
 * What sets two samples apart.
 *
 * @param medians the difference of the medians, in nanoseconds
 * @param low from here
 * @param high to there is the difference of medians in 95 % of the bootstrap's draws
 * @param distance Kolmogorov's and Smirnov's
 * @param t Welch's, of the lower nine tenths
 */
record Difference(double medians, double low, double high, double distance, double t) {
    /** What dudect takes for a difference. */
    private static final double CERTAIN = 4.5;

    /** Whether the samples are hardly of the same distribution. */
    boolean certain() {
        return Math.abs(t) > CERTAIN;
    }
}
