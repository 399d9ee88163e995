// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.record;

import org.libssl4j.fault.TlsException;

/** Protects the records of one epoch in one direction (RFC 9846 §5.2). Not thread-safe: a reader has its own and a writer has its own. */
public interface RecordProtection extends AutoCloseable {
    /** How many bytes longer a body is than its content. */
    int overhead();

    /** The longest body that a record may have. */
    int maxBody();

    /** The shortest body that can be opened. */
    int minBody();

    /** Whether records are encrypted, so that their outer type says nothing. */
    boolean encrypts();

    /**
     * Makes a record of the content that stands in {@code record} behind the room for a header, in place.
     *
     * @param type the content's type
     * @param version the legacy version, where it is not fixed
     * @param off where the header begins
     * @param length of the content; behind it there is room for the padding and {@link #overhead()} bytes
     * @param padding how many zeros follow the content's type (RFC 9846 §5.4); none where records are not encrypted
     * @return the record's length with its header
     * @throws TlsException internal_error if these keys may not be used any more
     */
    int seal(int type, int version, byte[] record, int off, int length, int padding) throws TlsException;

    /** Makes a record without padding. */
    default int seal(int type, int version, byte[] record, int off, int length) throws TlsException {
        return seal(type, version, record, off, length, 0);
    }

    /**
     * Opens a whole record. {@code out} is another array than {@code record} and has room for the body less the cipher's tag.
     *
     * @param off where the header begins
     * @param body its length, {@link #minBody()} or more
     */
    void open(byte[] record, int off, int body, byte[] out, int outOff, Opened opened) throws TlsException;

    /** How much these keys have been used. */
    UsageLimits limits();

    /** Drops the keys. */
    @Override
    void close();
}
