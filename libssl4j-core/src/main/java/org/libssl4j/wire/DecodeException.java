// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.wire;

/** Bytes that do not have the form that a parser asks for. Becomes the alert decode_error (RFC 9846 §6.2). */
public final class DecodeException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param detail what was read, what came and what was allowed */
    public DecodeException(String detail) {
        super(detail);
    }
}
