// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message.ext;

import java.util.Arrays;

/** Finds a number that stands twice in a list off the wire, without going through all pairs of a long one. */
final class Duplicates {
    private static final int FEW = 48;

    private Duplicates() {}

    /** A number that stands twice among the first {@code count}, or -1. */
    static int find(int[] numbers, int count) {
        return count <= FEW ? findAmongFew(numbers, count) : findAmongMany(numbers, count);
    }

    private static int findAmongFew(int[] numbers, int count) {
        for (int i = 1; i < count; i++) {
            for (int j = 0; j < i; j++) {
                if (numbers[i] == numbers[j]) {
                    return numbers[i];
                }
            }
        }
        return -1;
    }

    private static int findAmongMany(int[] numbers, int count) {
        int[] sorted = Arrays.copyOf(numbers, count);
        Arrays.sort(sorted);
        for (int i = 1; i < count; i++) {
            if (sorted[i] == sorted[i - 1]) {
                return sorted[i];
            }
        }
        return -1;
    }
}
