// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.record;

import java.util.Arrays;
import org.libssl4j.crypto.Aead;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.Secret;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AeadAlgorithm;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.ContentType;

/**
 * The record protection of TLS 1.3 (RFC 9846 §5.2).
 *
 * <pre>
 *   seal, in place:   header | content            →   header | AEAD( content, type, zeros ) with tag
 *   open:             header | AEAD( … )          →   content | type | zeros   in another array
 * </pre>
 */
public final class Aead13 implements RecordProtection {
    private static final int TYPE = 1;

    private final Aead aead;
    private final SequenceNumber sequence;
    private final UsageLimits limits;
    private final int tag;

    private Aead13(Aead aead, byte[] iv, long recordLimit) {
        this.aead = aead;
        this.sequence = new SequenceNumber(iv);
        this.limits = new UsageLimits(recordLimit);
        this.tag = aead.tagLength();
    }

    /** Under this key and static IV, which are read at once and stay the caller's (RFC 9846 §7.3). */
    public static Aead13 of(Crypto crypto, AeadAlgorithm algorithm, Secret key, Secret iv) {
        return of(crypto, algorithm, key, iv, Long.MAX_VALUE);
    }

    /** As above, for no more than {@code most} records, or for less if the cipher has it so. */
    public static Aead13 of(Crypto crypto, AeadAlgorithm algorithm, Secret key, Secret iv, long most) {
        return of(crypto.aead(algorithm, key), iv.getEncoded(), Math.min(most, algorithm.recordLimit()));
    }

    /** With any cipher and limit; takes both over. */
    public static Aead13 of(Aead aead, byte[] iv, long recordLimit) {
        return new Aead13(aead, iv, recordLimit);
    }

    @Override
    public int overhead() {
        return TYPE + tag;
    }

    @Override
    public int maxBody() {
        return RecordHeader.MAX_CIPHERTEXT;
    }

    @Override
    public int minBody() {
        return tag;
    }

    @Override
    public boolean encrypts() {
        return true;
    }

    @Override
    public boolean hidesType() {
        return true;
    }

    @Override
    public int seal(int type, int version, byte[] record, int off, int length, int padding) throws TlsException {
        // RFC 9846 §5.5: before a key's limit there is a KeyUpdate or the end.
        if (limits.reached()) {
            throw new TlsException(
                    AlertDescription.INTERNAL_ERROR,
                    Reason.INVALID_SEQUENCE_NUMBER,
                    "this key has sealed all the records that its cipher allows; a key_update has to come first");
        }
        int content = off + RecordHeader.SIZE;
        int inner = length + TYPE + padding;
        record[content + length] = (byte) type;
        if (padding > 0) {
            // RFC 9846 §5.4: zeros behind the type; the receiver looks for the last byte that is none.
            Arrays.fill(record, content + length + TYPE, content + inner, (byte) 0);
        }
        int body = inner + tag;
        // RFC 9846 §5.2: the outer type is application_data, the version 0x0303, and the header is authenticated.
        RecordHeader.write(record, off, ContentType.APPLICATION_DATA.code(), RecordHeader.VERSION, body);
        byte[] nonce = sequence.nonce();
        sequence.used(); // whatever comes of it: no nonce seals twice
        int n;
        try {
            n = aead.seal(nonce, record, off, RecordHeader.SIZE, record, content, inner, record, content);
        } catch (RuntimeException e) {
            Arrays.fill(record, content, content + inner, (byte) 0);
            throw new TlsException(
                    AlertDescription.INTERNAL_ERROR, Reason.INTERNAL_ERROR, "the cipher failed: " + e, e);
        }
        if (n != body) {
            throw new IllegalStateException("the cipher made " + n + " bytes of " + inner + " and a tag of " + tag);
        }
        limits.count();
        return RecordHeader.SIZE + body;
    }

    @Override
    public void open(byte[] record, int off, int body, byte[] out, int outOff, Opened opened) throws TlsException {
        byte[] nonce = sequence.nonce();
        int n;
        try {
            n = aead.open(nonce, record, off, RecordHeader.SIZE, record, off + RecordHeader.SIZE, body, out, outOff);
        } catch (RuntimeException e) {
            Arrays.fill(out, outOff, outOff + body - tag, (byte) 0);
            throw new TlsException(
                    AlertDescription.INTERNAL_ERROR, Reason.INTERNAL_ERROR, "the cipher failed: " + e, e);
        }
        // RFC 9846 §5.2: what does not authenticate ends the connection with bad_record_mac.
        if (n < 0) {
            Arrays.fill(out, outOff, outOff + body - tag, (byte) 0);
            throw new TlsException(
                    AlertDescription.BAD_RECORD_MAC,
                    Reason.DECRYPTION_FAILED_OR_BAD_RECORD_MAC,
                    "a record of " + body + " bytes that does not authenticate");
        }
        sequence.used();
        strip(out, outOff, n, opened);
    }

    private static void strip(byte[] out, int outOff, int inner, Opened opened) throws TlsException {
        // RFC 9846 §5.4: content, type and padding together have at most 2^14 + 1 bytes.
        if (inner > RecordHeader.MAX_PLAINTEXT + TYPE) {
            throw new TlsException(
                    AlertDescription.RECORD_OVERFLOW,
                    Reason.DATA_LENGTH_TOO_LONG,
                    "a record with " + inner + " bytes inside; at most " + (RecordHeader.MAX_PLAINTEXT + TYPE)
                            + " allowed");
        }
        int end = outOff + inner - 1;
        while (end >= outOff && out[end] == 0) {
            end--;
        }
        // RFC 9846 §5.4: the last byte that is not zero is the type; there has to be one.
        if (end < outOff) {
            throw new TlsException(
                    AlertDescription.UNEXPECTED_MESSAGE,
                    Reason.LENGTH_TOO_SHORT,
                    "a record of nothing but " + inner + " bytes of padding; a content type has to be there");
        }
        opened.set(out[end] & 0xff, out, outOff, end - outOff);
    }

    @Override
    public UsageLimits limits() {
        return limits;
    }

    @Override
    public void close() {
        aead.close();
        sequence.wipe();
    }
}
