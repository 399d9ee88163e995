// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.libssl4j.iana.AlertDescription;

class TlsExceptionTest {
    private static String message(String detail) {
        return new TlsException(AlertDescription.INTERNAL_ERROR, Reason.BAD_VALUE, detail).getMessage();
    }

    @Test
    void whatAPeerNamesIsNoLineOfItsOwnAndNoCommand() {
        String prefix = Reason.BAD_VALUE.text() + ": ";
        assertEquals(
                prefix + "chose a\\x1b[2J\\x0d\\x0aroot: \\x85\\u2028\\u202eb",
                message("chose a\u001b[2J\r\nroot: \u0085\u2028\u202eb"));
        assertEquals(prefix + "Gr\u00f6\u00dfe \u4e2d, \\x", message("Gr\u00f6\u00dfe \u4e2d, \\x"));
        assertEquals(prefix + "null", message(null));
    }
}
