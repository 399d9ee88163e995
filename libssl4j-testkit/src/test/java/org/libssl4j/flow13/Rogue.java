// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.connection.TlsConnection;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.SecretScope;
import org.libssl4j.fault.TlsException;
import org.libssl4j.flow12.ClientFlow12;
import org.libssl4j.flow12.ServerFlow12;
import org.libssl4j.handshake.Env;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.Negotiated;
import org.libssl4j.handshake.Observer;
import org.libssl4j.handshake.Role;
import org.libssl4j.handshake.Transcript;
import org.libssl4j.message.HandshakeMessage;

/**
 * A peer of a real connection that keeps to the protocol until it does not: at a message of its own that a test names, it sends records of the test's making in place of it, protected by the keys in force.
 */
public final class Rogue {
    public final TlsConnection victim;
    public final RogueCarrier carrier;
    final Handshake handshake;
    final Negotiated negotiated = new Negotiated();
    /** What ended the victim, or null. */
    public TlsException failure;
    /** What the victim's alert was to us, or null. */
    public TlsException heard;
    /** Application data that the victim has read, in bytes. */
    public int read;

    /** Content types of the records that the victim sent after it had failed. */
    public final List<Integer> lastRecords = new ArrayList<>();

    private record Services(
            HandshakeConfig config,
            Crypto crypto,
            Transcript transcript,
            Negotiated negotiated,
            Observer observer,
            SecretScope secrets,
            Role role)
            implements Env {}

    /** @param role the victim's */
    public Rogue(Role role, HandshakeConfig client, HandshakeConfig server) {
        victim = new TlsConnection(role, role == Role.CLIENT ? client : server, Configs.CRYPTO);
        HandshakeConfig own = role == Role.CLIENT ? server : client;
        carrier = new RogueCarrier(Configs.CRYPTO, own, role.peer());
        Env env = new Services(
                own,
                Configs.CRYPTO,
                new Transcript(Configs.CRYPTO),
                negotiated,
                Observer.NONE,
                new SecretScope(),
                role.peer());
        handshake = new Handshake(
                env,
                carrier,
                role == Role.CLIENT
                        ? new ServerFlow13(new ServerFlow12()).first()
                        : new ClientFlow13(t -> {}, new ClientFlow12()).first());
    }

    /** Does this in place of the first message of this kind that it would send, and sends nothing of itself from then on. */
    public Rogue insteadOf(String kind, Consumer<RogueCarrier> what) {
        boolean[] met = {false};
        carrier.hook = m -> {
            if (!met[0] && Kinds.kind(m).equals(kind)) {
                met[0] = true;
                what.accept(carrier);
            }
            return met[0];
        };
        return this;
    }

    /** Swallows the first message of this kind, does this, and goes on. */
    public Rogue spoils(String kind, Consumer<HandshakeMessage> what) {
        boolean[] met = {false};
        carrier.hook = m -> {
            if (met[0] || !Kinds.kind(m).equals(kind)) {
                return false;
            }
            met[0] = true;
            what.accept(m);
            return true;
        };
        return this;
    }

    /** Sees each message before it is sent, by its kind; true to have it swallowed. */
    public Rogue watches(java.util.function.BiPredicate<String, HandshakeMessage> hook) {
        carrier.hook = m -> hook.test(Kinds.kind(m), m);
        return this;
    }

    /** Lets both run until neither sends any more. */
    public Rogue run() {
        boolean moved = true;
        while (moved) {
            advance();
            byte[] toVictim = carrier.take();
            feed(toVictim);
            byte[] fromVictim = drained();
            moved = toVictim.length + fromVictim.length > 0;
            carrier.hear(fromVictim);
        }
        return this;
    }

    private void advance() {
        try {
            if (heard == null) {
                handshake.advance();
            }
        } catch (TlsException e) {
            heard = e;
        }
    }

    private void feed(byte[] bytes) {
        int[] at = {0};
        byte[] buffer = new byte[17_000];
        try {
            while (failure == null) {
                if (victim.complete()) {
                    read += victim.read(buffer, 0, buffer.length);
                }
                victim.advance();
                if (at[0] == bytes.length) {
                    return;
                }
                victim.fill(
                        (b, off, len) -> {
                            int n = Math.min(len, bytes.length - at[0]);
                            System.arraycopy(bytes, at[0], b, off, n);
                            at[0] += n;
                            return n;
                        },
                        false);
            }
        } catch (TlsException e) {
            failure = e;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private byte[] drained() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            while (!victim.drained()) {
                victim.drain((b, off, len) -> {
                    out.write(b, off, len);
                    return len;
                });
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        byte[] bytes = out.toByteArray();
        if (failure != null) {
            for (int at = 0; at < bytes.length; at += 5 + ((bytes[at + 3] & 0xff) << 8 | bytes[at + 4] & 0xff)) {
                lastRecords.add((int) bytes[at]);
            }
        }
        return bytes;
    }
}
