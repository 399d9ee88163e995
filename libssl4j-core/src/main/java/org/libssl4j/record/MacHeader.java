// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.record;

import java.util.Arrays;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;

/** What is authenticated of a record of TLS 1.2 and before along with its content: sequence number, type, version and length (RFC 5246 §6.2.3.1, §6.2.3.3). One object is used again for each record. Not thread-safe. */
final class MacHeader {
    /** Bytes of it. */
    static final int SIZE = 13;

    private final byte[] bytes = new byte[SIZE];

    /** @param length of what is authenticated: the content, or the ciphertext (RFC 7366 §3) */
    void set(SequenceNumber sequence, int type, int version, int length) {
        sequence.write(bytes, 0);
        RecordHeader.write(bytes, Long.BYTES, type, version, length);
    }

    byte[] bytes() {
        return bytes;
    }

    /** Refuses a record with too much in it, and wipes all the {@code length} bytes that came out of it. */
    static void checkLength(int content, byte[] out, int off, int length) throws TlsException {
        // RFC 5246 §6.2.1: at most 2^14 bytes.
        if (content > RecordHeader.MAX_PLAINTEXT) {
            Arrays.fill(out, off, off + length, (byte) 0);
            throw new TlsException(
                    AlertDescription.RECORD_OVERFLOW,
                    Reason.DATA_LENGTH_TOO_LONG,
                    "a record with " + content + " bytes inside; at most " + RecordHeader.MAX_PLAINTEXT + " allowed");
        }
    }
}
