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

/**
 * The record protection of TLS 1.2 with an AEAD (RFC 5246 §6.2.3.3). The nonce of AES-GCM and AES-CCM is half secret and half in the record (RFC 5288 §3, RFC 6655 §3); that of ChaCha20-Poly1305 is made as in TLS 1.3 (RFC 7905 §2).
 *
 * <pre>
 *   seal, in place:   header | room | content     →   header | explicit nonce | AEAD( content ) with tag
 *   open:             header | nonce | AEAD( … )  →   content   in another array
 * </pre>
 */
public final class Aead12 implements RecordProtection {
    /** Bytes of the nonce that stand in the record. */
    private static final int EXPLICIT = 8;

    private final Aead aead;
    private final SequenceNumber sequence;
    // TLS 1.2 has no new keys but by a new handshake: as with OpenSSL and BoringSSL, the sequence number is the limit.
    private final UsageLimits limits = new UsageLimits(Long.MAX_VALUE);
    private final MacHeader additional = new MacHeader();
    private final byte[] peersNonce; // null where it is not in the record
    private final int prefix;
    private final int tag;

    private Aead12(Aead aead, byte[] iv) {
        this.aead = aead;
        this.tag = aead.tagLength();
        // RFC 5288 §3: what stands in the record is ours to choose, if only it never comes twice: the sequence number.
        this.prefix = iv.length < NONCE ? EXPLICIT : 0;
        this.peersNonce = prefix > 0 ? Arrays.copyOf(iv, NONCE) : null;
        this.sequence = new SequenceNumber(Arrays.copyOf(iv, NONCE));
    }

    private static final int NONCE = 12;

    /**
     * Under this key and IV, which are read at once and stay the caller's (RFC 5246 §6.3).
     *
     * @param iv 4 bytes, the salt of AES-GCM or AES-CCM, or the 12 of ChaCha20-Poly1305
     */
    public static Aead12 of(Crypto crypto, AeadAlgorithm algorithm, Secret key, Secret iv) {
        byte[] bytes = iv.getEncoded();
        try {
            return new Aead12(crypto.aead(algorithm, key), bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    @Override
    public int overhead() {
        return prefix + tag;
    }

    @Override
    public int prefix() {
        return prefix;
    }

    @Override
    public int maxBody() {
        return RecordHeader.MAX_CIPHERTEXT_12;
    }

    @Override
    public int minBody() {
        return prefix + tag;
    }

    @Override
    public boolean encrypts() {
        return true;
    }

    @Override
    public int seal(int type, int version, byte[] record, int off, int length, int padding) throws TlsException {
        int content = off + RecordHeader.SIZE + prefix;
        int body = prefix + length + tag;
        byte[] nonce = sequence.nonce();
        additional.set(sequence, type, version, length);
        sequence.used(); // whatever comes of it: no nonce seals twice
        RecordHeader.write(record, off, type, version, body);
        System.arraycopy(nonce, NONCE - prefix, record, off + RecordHeader.SIZE, prefix);
        int n;
        try {
            n = aead.seal(nonce, additional.bytes(), 0, MacHeader.SIZE, record, content, length, record, content);
        } catch (RuntimeException e) {
            Arrays.fill(record, content, content + length, (byte) 0);
            throw new TlsException(
                    AlertDescription.INTERNAL_ERROR, Reason.INTERNAL_ERROR, "the cipher failed: " + e, e);
        }
        if (n != length + tag) {
            throw new IllegalStateException("the cipher made " + n + " bytes of " + length + " and a tag of " + tag);
        }
        limits.count();
        return RecordHeader.SIZE + body;
    }

    @Override
    public void open(byte[] record, int off, int body, byte[] out, int outOff, Opened opened) throws TlsException {
        int at = off + RecordHeader.SIZE;
        int length = body - prefix - tag;
        byte[] nonce = sequence.nonce();
        if (prefix > 0) {
            System.arraycopy(record, at, peersNonce, NONCE - prefix, prefix);
            nonce = peersNonce;
        }
        int type = RecordHeader.type(record, off);
        additional.set(sequence, type, RecordHeader.version(record, off), length);
        int n;
        try {
            n = aead.open(
                    nonce, additional.bytes(), 0, MacHeader.SIZE, record, at + prefix, body - prefix, out, outOff);
        } catch (RuntimeException e) {
            Arrays.fill(out, outOff, outOff + length, (byte) 0);
            throw new TlsException(
                    AlertDescription.INTERNAL_ERROR, Reason.INTERNAL_ERROR, "the cipher failed: " + e, e);
        }
        // RFC 5246 §6.2.3.3: what does not authenticate ends the connection with bad_record_mac.
        if (n < 0) {
            Arrays.fill(out, outOff, outOff + length, (byte) 0);
            throw new TlsException(
                    AlertDescription.BAD_RECORD_MAC,
                    Reason.DECRYPTION_FAILED_OR_BAD_RECORD_MAC,
                    "a record of " + body + " bytes that does not authenticate");
        }
        sequence.used();
        MacHeader.checkLength(n, out, outOff, n);
        opened.set(type, out, outOff, n);
    }

    @Override
    public UsageLimits limits() {
        return limits;
    }

    @Override
    public void close() {
        aead.close();
        sequence.wipe();
        if (peersNonce != null) {
            Arrays.fill(peersNonce, (byte) 0);
        }
    }
}
