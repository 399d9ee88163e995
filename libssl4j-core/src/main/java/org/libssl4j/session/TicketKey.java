// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.session;

import java.util.Arrays;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.Secret;

/** A key that tickets are sealed with: a name, which stands in the clear at the beginning of each ticket, and a secret, of which each ticket's own key is made. Thread-safe, unless one thread closes it while another uses it. */
public final class TicketKey implements AutoCloseable {
    /** Bytes of a name. */
    public static final int NAME_LENGTH = 16;

    /** Bytes of a key with its name; as many as OpenSSL's have. */
    public static final int LENGTH = 80;

    private final byte[] name;
    private final Secret secret;

    private TicketKey(byte[] name, Secret secret) {
        this.name = name;
        this.secret = secret;
    }

    /**
     * Takes a key from its bytes.
     *
     * @param bytes the name, 16 bytes, and 64 bytes of secret; stays the caller's, who wipes it
     * @throws IllegalArgumentException for another length
     */
    public static TicketKey of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a ticket key of " + bytes.length + " bytes; " + LENGTH + " allowed");
        }
        return new TicketKey(
                Arrays.copyOf(bytes, NAME_LENGTH), Secret.copyOf(bytes, NAME_LENGTH, LENGTH - NAME_LENGTH));
    }

    /** Makes a new one. */
    public static TicketKey random(Crypto crypto) {
        byte[] bytes = new byte[LENGTH];
        try {
            crypto.random(bytes);
            return of(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** Its bytes, as {@link #of} takes them; the caller wipes them. */
    public byte[] encoded() {
        byte[] bytes = Arrays.copyOf(name, LENGTH);
        secret.copyTo(bytes, NAME_LENGTH);
        return bytes;
    }

    /** Another one with a secret of its own. */
    public TicketKey copy() {
        return new TicketKey(name, Secret.of(secret.getEncoded()));
    }

    /** Not to be changed. */
    byte[] name() {
        return name;
    }

    Secret secret() {
        return secret;
    }

    /** Whether a ticket begins with this key's name; the name is no secret. */
    boolean isNamed(byte[] other) {
        return Arrays.equals(name, 0, NAME_LENGTH, other, 0, NAME_LENGTH);
    }

    /** Wipes the secret. */
    @Override
    public void close() {
        secret.close();
    }
}
