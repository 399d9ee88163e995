// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.libssl4j.testkit.delays.Delays;
import org.libssl4j.testkit.delays.Link;
import org.libssl4j.testkit.delays.Links;
import org.libssl4j.testkit.delays.Outcome;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DelaysTest {
    static Stream<Flow> flows() {
        return Flows.all().stream();
    }

    @ParameterizedTest
    @MethodSource("flows")
    void flow(Flow flow) {
        List<Outcome> reference = flow.run(Flow.Face.CONNECTION, Links.MEMORY, Delays.none());
        System.out.println(
                flow + "\n  " + reference.get(0).facts() + reference.get(0).results() + "\n  "
                        + reference.get(1).facts() + reference.get(1).results());
        List<String> differences = new ArrayList<>();
        for (Flow.Face face : Flow.Face.values()) {
            for (Link.Kind kind : Links.all()) {
                for (Delays d : kind.slow() ? Delays.few() : Delays.each()) {
                    long t = System.nanoTime();
                    try {
                        List<Outcome> o = flow.run(face, kind, d);
                        for (int i = 0; i < 2; i++) {
                            String where = face + " " + kind + " " + d + " " + (i == 0 ? "client" : "server") + ": ";
                            reference.get(i).differences(o.get(i)).forEach(x -> differences.add(where + x));
                        }
                    } catch (AssertionError e) {
                        differences.add(face + " " + kind + " " + d + ": " + e);
                    }
                    t = System.nanoTime() - t;
                    if (t > 300_000_000)
                        System.out.println(flow + " " + face + " " + kind + " " + d + " " + t / 1_000_000 + " ms");
                }
            }
        }
        assertEquals(List.of(), differences, () -> differences.size() + "\n" + String.join("\n", differences.subList(0, Math.min(4, differences.size()))));
    }
}
