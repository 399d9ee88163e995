// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.record;

import java.util.Arrays;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;

/** The number of a record under its key, and the nonce that comes from it (RFC 9846 §5.3). Not thread-safe. */
public final class SequenceNumber {
    private final byte[] iv;
    private final byte[] nonce;
    private long next;
    private boolean spent;

    /** Takes the static IV over. */
    SequenceNumber(byte[] iv) {
        this(iv, 0);
    }

    SequenceNumber(byte[] iv, long first) {
        this.iv = iv;
        this.nonce = iv.clone();
        this.next = first;
    }

    /**
     * The nonce of the next record, in an array that is used again; {@link #used} counts it.
     *
     * @throws TlsException internal_error if all 2^64 numbers are used
     */
    byte[] nonce() throws TlsException {
        // RFC 9846 §5.3: the number never wraps; the connection ends before.
        if (spent) {
            throw new TlsException(
                    AlertDescription.INTERNAL_ERROR,
                    Reason.INVALID_SEQUENCE_NUMBER,
                    "all 2^64 sequence numbers of this key are used");
        }
        int last = nonce.length - 1;
        long n = next;
        for (int i = 0; i < Long.BYTES; i++, n >>>= 8) {
            nonce[last - i] = (byte) (iv[last - i] ^ n);
        }
        return nonce;
    }

    /** Writes the number of the next record, eight bytes (RFC 5246 §6.2.3.1). */
    void write(byte[] b, int off) {
        long n = next;
        for (int i = Long.BYTES - 1; i >= 0; i--, n >>>= 8) {
            b[off + i] = (byte) n;
        }
    }

    /** The next record gets the next number. */
    void used() {
        spent = ++next == 0;
    }

    /** Wipes the IV. */
    void wipe() {
        Arrays.fill(iv, (byte) 0);
        Arrays.fill(nonce, (byte) 0);
    }
}
