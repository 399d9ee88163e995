// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.record;

import org.libssl4j.fault.TlsException;

/**
 * Protects the records of one epoch in one direction (RFC 9846 §5.2, RFC 5246 §6.2.3). Not thread-safe: a reader has its own and a writer has its own.
 *
 * <pre>
 *   header | prefix | content, and what the cipher makes of it and puts behind it
 * </pre>
 */
public interface RecordProtection extends AutoCloseable {
    /** How many bytes a body is longer than its content at most, the prefix among them. */
    int overhead();

    /** Bytes between header and content, which whoever wants a record made leaves free: the explicit nonce or IV of TLS 1.2 (RFC 5246 §6.2.3). */
    default int prefix() {
        return 0;
    }

    /** The longest body that a record may have. */
    int maxBody();

    /** The shortest body that can be opened. */
    int minBody();

    /** Whether records are encrypted. */
    boolean encrypts();

    /** Whether the content's type is encrypted too, so that the outer type says nothing: in TLS 1.3 alone. */
    default boolean hidesType() {
        return false;
    }

    /** How many bytes {@link #open} may write for a body of {@code body} bytes; {@link #minBody()} or more. */
    default int room(int body) {
        return body - minBody();
    }

    /** Whether the IV of the next record is known before it is made, so that a content of somebody else's choice must not be its first (CBC in TLS 1.0). */
    default boolean predictable() {
        return false;
    }

    /**
     * Makes a record of the content that stands in {@code record} behind the room for a header and {@link #prefix()}, in place.
     *
     * @param type the content's type
     * @param version the record's version, where it is not fixed
     * @param off where the header begins
     * @param length of the content; behind it there is room for the padding and the rest of {@link #overhead()}
     * @param padding how many zeros follow the content's type (RFC 9846 §5.4); none where the type is not hidden
     * @return the record's length with its header
     * @throws TlsException internal_error if these keys may not be used any more
     */
    int seal(int type, int version, byte[] record, int off, int length, int padding) throws TlsException;

    /** Makes a record without padding. */
    default int seal(int type, int version, byte[] record, int off, int length) throws TlsException {
        return seal(type, version, record, off, length, 0);
    }

    /**
     * Opens a whole record. {@code out} is another array than {@code record}, with {@link #room} bytes; what is behind the content there shows nothing of the record but zeros and, where it is hidden, the type.
     *
     * @param off where the header begins
     * @param body its length, {@link #minBody()} or more
     * @throws TlsException bad_record_mac if it is not the peer's, record_overflow if there is too much in it; nothing of it is left in {@code out} then
     */
    void open(byte[] record, int off, int body, byte[] out, int outOff, Opened opened) throws TlsException;

    /** How much these keys have been used. */
    UsageLimits limits();

    /** Drops the keys. */
    @Override
    void close();
}
