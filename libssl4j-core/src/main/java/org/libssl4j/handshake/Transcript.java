// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.handshake;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.Hash;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.iana.HashAlgorithm;
import org.libssl4j.message.HandshakeMessage;

/**
 * The running hash over all handshake messages, in the order in which they went by (RFC 9846 §4.1). Messages are kept as they are until the hash function is known. Not thread-safe.
 */
public final class Transcript {
    private final Crypto crypto;
    private List<byte[]> waiting = new ArrayList<>();
    private Hash hash;
    private Hash base;
    private Hash marked; // null for a beginning without messages
    private ByteArrayOutputStream kept; // null where nobody asks for the messages themselves

    public Transcript(Crypto crypto) {
        this.crypto = crypto;
    }

    /** Adds a message; change_cipher_spec is none and is left out. */
    public void add(HandshakeMessage m) {
        if (m == HandshakeMessage.CHANGE_CIPHER_SPEC) {
            return;
        }
        if (hash == null) {
            waiting.add(m.raw());
            return;
        }
        hash.update(m.raw(), 0, m.raw().length);
        if (kept != null) {
            kept.writeBytes(m.raw());
        }
    }

    /**
     * Before TLS 1.3 a CertificateVerify signs the messages themselves, with a hash of its own (RFC 5246 §7.4.8): they are kept, from the first one on, until {@link #dropMessages()}. Called before {@link #choose}; their sum is bounded, as each of them is.
     */
    public void keepMessages() {
        kept = new ByteArrayOutputStream();
        waiting.forEach(kept::writeBytes);
    }

    /** All messages so far, as they are; only after {@link #keepMessages()}. */
    public byte[] messages() {
        return kept.toByteArray();
    }

    /** Nobody asks for the messages any more. */
    public void dropMessages() {
        kept = null;
    }

    /** The cipher suite is chosen: its hash takes in what has waited. */
    public void choose(HashAlgorithm algorithm) {
        if (hash != null) {
            return; // the suite of a HelloRetryRequest has chosen already
        }
        hash = crypto.hash(algorithm);
        for (byte[] m : waiting) {
            hash.update(m, 0, m.length);
        }
        waiting = null;
    }

    /** RFC 9846 §4.1 [8446 4.4.1]: a HelloRetryRequest puts a message_hash message with the hash of the first ClientHello in that one's place. Called when the first ClientHello alone was added; returns its hash. */
    public byte[] replaceFirstHello(HashAlgorithm algorithm) {
        choose(algorithm);
        byte[] first = hash.digest();
        messageHash(first);
        return first;
    }

    /** The same where another connection has had the first ClientHello, and a cookie brought its hash: called when nothing was added. */
    public void beginWithHash(HashAlgorithm algorithm, byte[] first) {
        choose(algorithm);
        messageHash(first);
    }

    private void messageHash(byte[] first) {
        hash.update(new byte[] {(byte) HandshakeType.MESSAGE_HASH.code(), 0, 0, (byte) first.length}, 0, 4);
        hash.update(first, 0, first.length);
    }

    /** What was added so far goes before the next ClientHello in its binders (RFC 9846 §4.3.11.2 [8446 4.2.11.2]): nothing, or the first ClientHello's hash and the HelloRetryRequest. */
    public void mark() {
        marked = hash == null ? null : hash.copy();
    }

    /**
     * The hash of what there was at {@link #mark()} and of these bytes.
     *
     * @param algorithm the one that is chosen, once one is
     * @param length how many of {@code bytes} count
     */
    public byte[] hashFromMark(HashAlgorithm algorithm, byte[] bytes, int length) {
        Hash h = marked == null ? crypto.hash(algorithm) : marked.copy();
        h.update(bytes, 0, length);
        return h.digest();
    }

    /** What was added so far is what each authentication after the handshake begins with (RFC 9846 §4.5 [8446 4.4]). */
    public void keep() {
        base = hash.copy();
    }

    /** Goes back to what was there at {@link #keep()}. */
    public void rewind() {
        hash = base.copy();
    }

    /** The hash of all messages so far. */
    public byte[] hash() {
        return hash.copy().digest();
    }

    /** The hash of all messages so far and {@code m}, which is not added. */
    public byte[] hashWith(HandshakeMessage m) {
        Hash h = hash.copy();
        h.update(m.raw(), 0, m.raw().length);
        return h.digest();
    }
}
