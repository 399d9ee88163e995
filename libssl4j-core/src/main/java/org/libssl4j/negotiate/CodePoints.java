// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.negotiate;

/** A list off the wire, as numbers, so that unknown ones survive. */
final class CodePoints {
    private CodePoints() {}

    static boolean contain(int[] list, int code) {
        for (int c : list) {
            if (c == code) {
                return true;
            }
        }
        return false;
    }
}
