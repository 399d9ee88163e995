// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.testkit.delays;

import java.util.ArrayList;
import java.util.List;

/**
 * What holds a connection up. Whatever it is, results, messages and bytes on the wire must be the same as with {@link #none()}.
 *
 * @param source bytes that a read gives at most, and every other read gives none and is to be tried again; 0: as the Bio has it
 * @param sink bytes that a write takes at most, and every other write takes none and is to be tried again; 0: as the Bio has it
 * @param later how often a callback that can answer "later" does so before it answers: those that see the ClientHello, its server name and its protocols, those that give a certificate, and those that verify
 * @param pending at which look work that was lent to an executor is done; 0: there is no executor
 * @param twice whether all that waits is called again at once, with nothing changed: it has to wait for the same, and send nothing
 */
public record Delays(int source, int sink, int later, int pending, boolean twice) {
    private static final int PIECES = 0b11; // of the five
    private static final int ALL = 0b11111;
    private static final int SMALL = 13; // bytes, that fit neither headers nor records

    private static final Delays NONE = new Delays(0, 0, 0, 0, false);

    /** No delay at all: what the others are compared with. */
    public static Delays none() {
        return NONE;
    }

    public Delays bytesAtATime(int n) {
        return new Delays(n, sink, later, pending, twice);
    }

    public Delays roomAtATime(int n) {
        return new Delays(source, n, later, pending, twice);
    }

    public Delays later(int times) {
        return new Delays(source, sink, times, pending, twice);
    }

    public Delays pendingFor(int looks) {
        return new Delays(source, sink, later, looks, twice);
    }

    public Delays everyParkedStateTwice() {
        return new Delays(source, sink, later, pending, true);
    }

    /** Every combination of the five with each other, {@link #none()} left out, and {@link #odd()}. A byte at a time are pieces alone, and all five together; between those, pieces are a little bigger, for the time that it takes. */
    public static List<Delays> each() {
        List<Delays> all = new ArrayList<>();
        for (int bits = 1; bits <= ALL; bits++) {
            int piece = (bits & ~PIECES) == 0 || bits == ALL ? 1 : SMALL;
            all.add(new Delays(
                    (bits & 1) * piece,
                    (bits >> 1 & 1) * piece,
                    (bits >> 2 & 1) * 2,
                    (bits >> 3 & 1) * 2,
                    (bits >> 4 & 1) != 0));
        }
        all.addAll(odd());
        return List.copyOf(all);
    }

    /** Everything at once, a byte at a time, and something odd: for where a run takes long. */
    public static List<Delays> fewest() {
        return List.of(new Delays(1, 1, 2, 2, true), new Delays(7, 5, 1, 1, false));
    }

    /** Pieces that fit neither headers nor records. */
    public static List<Delays> odd() {
        return List.of(
                new Delays(7, 5, 1, 1, false),
                new Delays(5, 7, 1, 3, true),
                new Delays(1021, 977, 0, 0, false),
                new Delays(16_384, 16_411, 3, 1, true));
    }

    /** The same with pieces of at least so many bytes: a byte at a time is too slow for much data. */
    public Delays widened(int bytes) {
        return new Delays(
                source == 0 ? 0 : Math.max(source, bytes),
                sink == 0 ? 0 : Math.max(sink, bytes),
                later,
                pending,
                twice);
    }

    @Override
    public String toString() {
        if (equals(NONE)) {
            return "no delay";
        }
        List<String> s = new ArrayList<>();
        if (source > 0) {
            s.add("source " + source);
        }
        if (sink > 0) {
            s.add("sink " + sink);
        }
        if (later > 0) {
            s.add("later " + later);
        }
        if (pending > 0) {
            s.add("pending " + pending);
        }
        if (twice) {
            s.add("twice");
        }
        return String.join(", ", s);
    }
}
