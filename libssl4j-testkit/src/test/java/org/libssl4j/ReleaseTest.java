// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.libssl4j.bio.MemoryBio;
import org.libssl4j.crypto.Aead;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.CryptoPolicy;
import org.libssl4j.crypto.jca.JcaCrypto;
import org.libssl4j.interop.Identity;

/** A connection that has failed, or was closed, holds no secret, no cipher and no buffer, whatever it was doing (architecture: the driver wipes in one place). */
class ReleaseTest {
    private static final Crypto REAL = JcaCrypto.of(CryptoPolicy.DEFAULT);

    private final Set<Aead> open = Collections.newSetFromMap(new IdentityHashMap<>());

    // ---- what a connection holds -----------------------------------------------------------------------------------

    /** A real crypto that counts the ciphers which are not closed. */
    private Crypto counting() {
        return proxy(Crypto.class, REAL, result -> {
            if (!(result instanceof Aead a)) {
                return result;
            }
            Aead[] self = {null};
            self[0] = (Aead) Proxy.newProxyInstance(
                    Aead.class.getClassLoader(), new Class<?>[] {Aead.class}, (p, method, args) -> {
                        if (method.getName().equals("close")) {
                            open.remove(self[0]);
                        }
                        if (method.getName().equals("hashCode")) {
                            return System.identityHashCode(p);
                        }
                        return method.invoke(a, args);
                    });
            open.add(self[0]);
            return self[0];
        });
    }

    private interface Wrap {
        Object of(Object result);
    }

    private static <T> T proxy(Class<T> type, T real, Wrap wrap) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (p, method, args) -> {
            try {
                return wrap.of(method.invoke(real, args));
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }

    private static long openSecrets(Ssl ssl) {
        return Reachable.openSecrets(ssl).size();
    }

    /** Buffers of the record layer that hold an array: those for bytes under way. */
    private static List<String> buffers(Ssl ssl) {
        List<String> held = new ArrayList<>();
        for (Object o : Reachable.from(ssl)) {
            switch (o.getClass().getSimpleName()) {
                case "OutBuffer", "Plaintext" -> {
                    if (((byte[]) Reachable.value("array", o)).length > 0) {
                        held.add(o.getClass().getSimpleName());
                    }
                }
                case "InBuffer" -> {
                    if (((byte[]) Reachable.value("array", o)).length > 5) {
                        held.add("InBuffer");
                    }
                }
                case "MessageAssembler" -> {
                    if (Reachable.value("raw", o) != null || Reachable.value("whole", o) != null) {
                        held.add("MessageAssembler");
                    }
                }
                default -> {}
            }
        }
        return held;
    }

    private void holdsNothing(Ssl ssl) {
        assertEquals(0, openSecrets(ssl), ssl + ", " + ssl.failure());
        assertEquals(List.of(), buffers(ssl), ssl + ", " + ssl.failure());
    }

    // ---- the two ends ----------------------------------------------------------------------------------------------

    private final MemoryBio clientSends = new MemoryBio();
    private final MemoryBio serverReads = new MemoryBio();
    private final MemoryBio serverSends = new MemoryBio();
    private final MemoryBio clientReads = new MemoryBio();
    private int records;

    private Ssl client() {
        SslCtx ctx = new SslCtx(TlsMethod.TLS_CLIENT, counting());
        ctx.addTrusted(List.of(Identity.ECDSA.issuer()));
        identity(ctx);
        Ssl ssl = new Ssl(ctx);
        ssl.setHostname(Identity.HOST);
        ssl.setBio(clientReads, clientSends);
        ssl.setConnectState();
        return ssl;
    }

    private Ssl server() {
        SslCtx ctx = new SslCtx(TlsMethod.TLS_SERVER, counting());
        ctx.addTrusted(List.of(Identity.ECDSA.issuer()));
        ctx.setVerify(org.libssl4j.spi.VerifyMode.PEER, null);
        ctx.set1GroupsList("P-256"); // a HelloRetryRequest
        ctx.setMaxSendFragment(512); // and many records
        identity(ctx);
        Ssl ssl = new Ssl(ctx);
        ssl.setBio(serverReads, serverSends);
        ssl.setAcceptState();
        return ssl;
    }

    private static void identity(SslCtx ctx) {
        try {
            ctx.useCertAndKey(List.of(Identity.ECDSA.certificate()), Identity.ECDSA.key());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Takes what was sent on its way, record by record; the one of that number loses its last byte's last bit. */
    private void carry(MemoryBio from, MemoryBio to, int broken) throws IOException {
        byte[] wire = from.data();
        from.reset();
        for (int at = 0; at < wire.length; ) {
            int length = 5 + ((wire[at + 3] & 0xff) << 8 | wire[at + 4] & 0xff);
            if (records++ == broken) {
                wire[at + length - 1] ^= 1;
            }
            at += length;
        }
        to.write(wire, 0, wire.length);
    }

    /** Handshake, data both ways, key updates; until nothing moves any more. */
    private void run(Ssl client, Ssl server, int broken, int turns) throws IOException {
        byte[] b = new byte[3000];
        for (int turn = 0; turn < turns; turn++) {
            for (Ssl ssl : List.of(client, server)) {
                if (ssl.isInitFinished()) {
                    ssl.keyUpdate(KeyUpdateType.REQUESTED);
                    ssl.write(b, 0, 2000);
                }
                ssl.read(b, 0, b.length);
                carry(clientSends, serverReads, broken);
                carry(serverSends, clientReads, broken);
            }
        }
    }

    private static final int TURNS = 8;

    static IntStream everyRecord() throws IOException {
        ReleaseTest whole = new ReleaseTest();
        try (Ssl client = whole.client();
                Ssl server = whole.server()) {
            whole.run(client, server, -1, TURNS);
            assertTrue(
                    client.isInitFinished() && server.isInitFinished(),
                    () -> client.failure() + ", " + server.failure());
        }
        return IntStream.range(0, whole.records);
    }

    @ParameterizedTest
    @MethodSource("everyRecord")
    void afterAFaultInAnyRecordNeitherEndHoldsAnything(int broken) throws IOException {
        Ssl client = client();
        Ssl server = server();
        run(client, server, broken, TURNS + 2);
        boolean failed = client.failure() != null && !client.isInitFinished()
                || server.failure() != null && !server.isInitFinished();
        if (!failed) {
            return; // a change_cipher_spec, or a last record that nobody has read
        }
        for (Ssl ssl : List.of(client, server)) {
            if (!ssl.isInitFinished() && ssl.getError(-1) == SslError.SSL) {
                assertNotNull(ssl.failure());
                holdsNothing(ssl);
            }
        }
        client.close();
        server.close();
        holdsNothing(client);
        holdsNothing(server);
        assertEquals(0, open.size(), "ciphers that are not closed");
    }

    static IntStream everyTurn() {
        return IntStream.range(0, TURNS);
    }

    @ParameterizedTest
    @MethodSource("everyTurn")
    void whatIsClosedAtAnyTimeHoldsNothing(int turns) throws IOException {
        Ssl client = client();
        Ssl server = server();
        run(client, server, -1, turns);
        client.close();
        server.close();
        holdsNothing(client);
        holdsNothing(server);
        assertEquals(0, open.size(), "ciphers that are not closed");
    }

    @Test
    void aConnectionThatLivesHoldsWhatThisTestLooksFor() throws IOException {
        Ssl client = client();
        Ssl server = server();
        run(client, server, -1, TURNS);
        assertTrue(openSecrets(client) > 0);
        assertEquals(4, open.size());
        serverReads.write(new byte[] {23, 3, 3, 0, 100, 1}, 0, 6);
        assertEquals(-1, server.read(new byte[10], 0, 10));
        assertEquals(List.of("InBuffer"), buffers(server));
        client.close();
        server.close();
    }
}
