// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bogo;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What the flags say about one connection. */
final class TestConfig {
    private final Map<ShimFlag, List<String>> values = new EnumMap<>(ShimFlag.class);

    void add(ShimFlag flag, String value) {
        values.computeIfAbsent(flag, f -> new ArrayList<>()).add(value);
    }

    /** Whether the flag was given. */
    boolean has(ShimFlag flag) {
        return values.containsKey(flag);
    }

    /** Whether one of the flags was given. */
    boolean hasAny(ShimFlag... flags) {
        for (ShimFlag f : flags) {
            if (has(f)) {
                return true;
            }
        }
        return false;
    }

    /** The flag's characters, one a byte; empty if it was not given. */
    String text(ShimFlag flag) {
        return text(flag, "");
    }

    String text(ShimFlag flag, String without) {
        List<String> given = values.get(flag);
        return given == null ? without : given.get(given.size() - 1);
    }

    /** The flag's number; 0 if it was not given. */
    int number(ShimFlag flag) {
        return Math.toIntExact(wide(flag));
    }

    /** As {@link #number}, of 64 bits without a sign. */
    long wide(ShimFlag flag) {
        return Long.parseUnsignedLong(text(flag, "0"));
    }

    /** All numbers given to the flag. */
    List<Integer> numbers(ShimFlag flag) {
        return values.getOrDefault(flag, List.of()).stream()
                .map(Integer::valueOf)
                .toList();
    }
}
