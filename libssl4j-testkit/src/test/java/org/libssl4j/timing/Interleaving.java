// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.timing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Measures kinds of input in turn: never one kind after the other, for the machine changes while it runs, and in an order that is drawn anew for each few rounds, so that no kind has always the same neighbour.
 *
 * <pre>
 *   for each batch: draw an order of {@link #ROUNDS} of each kind ► make all trials ► run all trials
 * </pre>
 */
final class Interleaving {
    /** How many samples of each kind a batch has. */
    static final int ROUNDS = 8;

    private final List<Kind> kinds;
    private final Random order;

    Interleaving(List<Panel> panels, long seed) {
        this.kinds = panels.stream().flatMap(p -> p.kinds().stream()).toList();
        this.order = new Random(seed);
    }

    /** Runs each kind so often, after it was run so often that the compiler is done with it. */
    void run(int warmUp, int samples) throws Exception {
        rounds(warmUp);
        System.gc();
        rounds(samples);
    }

    private void rounds(int samples) throws Exception {
        kinds.forEach(k -> k.expect(samples));
        for (int done = 0; done < samples; done += ROUNDS) {
            batch(Math.min(ROUNDS, samples - done));
        }
    }

    private void batch(int rounds) throws Exception {
        List<Kind> turn = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            turn.addAll(kinds);
        }
        Collections.shuffle(turn, order);
        Trial[] trials = new Trial[turn.size()];
        for (int i = 0; i < trials.length; i++) {
            trials[i] = turn.get(i).next();
        }
        for (int i = 0; i < trials.length; i++) {
            turn.get(i).add(trials[i].run());
            trials[i] = null;
        }
    }
}
