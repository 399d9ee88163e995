// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.scenarios;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/** What a caller saw of a step: a line such as {@code 7 c read 10: ret=-1 error=WANT_READ}. */
public final class Outcome {
    private final String call;
    private final Map<String, String> fields = new LinkedHashMap<>();

    /**
     * Without fields yet.
     *
     * @param call the step's number and words
     */
    Outcome(String call) {
        this.call = call;
    }

    /** Of a line as {@link #toString} and scenarios.c make it. */
    static Outcome parse(String line) {
        int colon = line.indexOf(": ");
        Outcome o = new Outcome(line.substring(0, colon));
        for (String field : line.substring(colon + 2).split(" ")) {
            int equals = field.indexOf('=');
            o.put(field.substring(0, equals), field.substring(equals + 1));
        }
        return o;
    }

    void put(String field, Object value) {
        fields.put(field, value.toString());
    }

    String call() {
        return call;
    }

    int step() {
        return Integer.parseInt(call.substring(0, call.indexOf(' ')));
    }

    /** How another one differs from this one, as {@code ret=0>-1 error=ZERO_RETURN>SSL}; empty if it does not. */
    String differenceOf(Outcome other) {
        Set<String> names = new LinkedHashSet<>(fields.keySet());
        names.addAll(other.fields.keySet());
        StringJoiner difference = new StringJoiner(" ");
        for (String n : names) {
            String mine = fields.getOrDefault(n, "");
            String its = other.fields.getOrDefault(n, "");
            if (!mine.equals(its)) {
                difference.add(n + "=" + mine + ">" + its);
            }
        }
        return difference.toString();
    }

    @Override
    public String toString() {
        StringJoiner s = new StringJoiner(" ", call + ": ", "");
        fields.forEach((k, v) -> s.add(k + "=" + v));
        return s.toString();
    }
}
