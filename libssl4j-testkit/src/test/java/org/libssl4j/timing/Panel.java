// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.timing;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Kinds of input that nobody should be able to tell apart by time, or only by what is public.
 *
 * @param title says what they are given to
 * @param about says what they have in common, in a line
 * @param kinds the first one is the reference
 */
record Panel(String title, String about, List<Kind> kinds) {
    Kind reference() {
        return kinds.get(0);
    }

    /**
     * The times of each kind as they would be had the machine always been as fast: each in proportion to the median of its batch. What another program or the clock rate does to a batch it does to all kinds, and would hide small differences between them.
     */
    Map<Kind, Sample> levelled() {
        int batches = (reference().count() + Interleaving.ROUNDS - 1) / Interleaving.ROUNDS;
        double[] medians = new double[batches];
        for (int b = 0; b < batches; b++) {
            medians[b] = median(b);
        }
        double usual = Arrays.stream(medians).sorted().toArray()[batches / 2];
        Map<Kind, Sample> all = new LinkedHashMap<>();
        for (Kind k : kinds) {
            long[] times = new long[k.count()];
            for (int i = 0; i < times.length; i++) {
                times[i] = Math.round(k.time(i) * usual / medians[i / Interleaving.ROUNDS]);
            }
            all.put(k, Sample.of(times));
        }
        return all;
    }

    /** Of all that should be equal in one batch. */
    private double median(int batch) {
        int from = batch * Interleaving.ROUNDS;
        int to = Math.min(from + Interleaving.ROUNDS, reference().count());
        return Sample.of(equal().stream()
                        .flatMapToLong(k -> IntStream.range(from, to).mapToLong(k::time))
                        .toArray())
                .median();
    }

    /** The reference, and those that should take as long. */
    List<Kind> equal() {
        return kinds.stream().filter(k -> k.claim() != Kind.Claim.PUBLIC).toList();
    }
}
