// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.timing;

import java.util.Arrays;
import java.util.Random;

/** Times of one kind in order of size, and what sets two such apart. In nanoseconds. Immutable. */
final class Sample {
    private static final int RESAMPLED = 4_000;
    private static final double CROPPED = 0.9;

    private final long[] sorted;

    private Sample(long[] sorted) {
        this.sorted = sorted;
    }

    /** Takes the array over. */
    static Sample of(long[] nanos) {
        Arrays.sort(nanos);
        return new Sample(nanos);
    }

    /** The time that a share of {@code p} stays below; between two samples on the line that joins them. */
    double quantile(double p) {
        double at = Math.max(0, Math.min(sorted.length - 1.0, p * sorted.length - 0.5));
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }

    double median() {
        return quantile(0.5);
    }

    /** How this differs from another. */
    Difference from(Sample other, Random random) {
        double[] resampled = new double[RESAMPLED];
        for (int i = 0; i < RESAMPLED; i++) {
            resampled[i] = resampledMedian(random) - other.resampledMedian(random);
        }
        Arrays.sort(resampled);
        return new Difference(
                median() - other.median(),
                resampled[(int) (0.025 * RESAMPLED)],
                resampled[(int) (0.975 * RESAMPLED)],
                kolmogorovSmirnov(other),
                welch(other));
    }

    /** The median of as many samples drawn from these with replacement: its rank's share is of the beta distribution, which is normal for so many. */
    private double resampledMedian(Random random) {
        return quantile(0.5 + random.nextGaussian() / (2 * Math.sqrt(sorted.length)));
    }

    /** The greatest distance of the two cumulative distributions, 0 to 1. */
    private double kolmogorovSmirnov(Sample other) {
        double greatest = 0;
        int i = 0;
        int j = 0;
        while (i < sorted.length && j < other.sorted.length) {
            long x = Math.min(sorted[i], other.sorted[j]);
            while (i < sorted.length && sorted[i] == x) {
                i++;
            }
            while (j < other.sorted.length && other.sorted[j] == x) {
                j++;
            }
            double distance = (double) i / sorted.length - (double) j / other.sorted.length;
            greatest = Math.max(greatest, Math.abs(distance));
        }
        return greatest;
    }

    /** Welch's t of what lies below the bound of the lower nine tenths of both together, as dudect has it (Reparaz, Balasch and Verbauwhede 2017). */
    private double welch(Sample other) {
        long[] both = Arrays.copyOf(sorted, sorted.length + other.sorted.length);
        System.arraycopy(other.sorted, 0, both, sorted.length, other.sorted.length);
        Arrays.sort(both);
        long bound = both[(int) (CROPPED * (both.length - 1))];
        double[] a = moments(bound);
        double[] b = other.moments(bound);
        double spread = Math.sqrt(a[2] / a[0] + b[2] / b[0]);
        return spread == 0 ? 0 : (a[1] - b[1]) / spread;
    }

    /** Number, mean and variance of what is not above {@code bound}. */
    private double[] moments(long bound) {
        int n = 0;
        double mean = 0;
        double squares = 0;
        while (n < sorted.length && sorted[n] <= bound) {
            double delta = sorted[n] - mean;
            n++;
            mean += delta / n;
            squares += delta * (sorted[n - 1] - mean);
        }
        return new double[] {Math.max(n, 1), mean, n > 1 ? squares / (n - 1) : 0};
    }
}
