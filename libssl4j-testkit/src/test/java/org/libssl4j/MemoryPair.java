// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.GeneralSecurityException;
import java.util.List;
import org.libssl4j.bio.MemoryBio;
import org.libssl4j.interop.Identity;

/** A client and a server of ours over two memory Bios, in one thread. */
public final class MemoryPair {
    public static final Identity IDENTITY = Identity.ECDSA;

    public final Ssl client;
    public final Ssl server;
    public final MemoryBio toServer;
    public final MemoryBio toClient;

    public MemoryPair(SslCtx clientCtx, SslCtx serverCtx, MemoryBio toServer, MemoryBio toClient) {
        this.toServer = toServer;
        this.toClient = toClient;
        client = new Ssl(clientCtx);
        client.setHostname(Identity.HOST);
        client.setBio(toClient, toServer);
        client.setConnectState();
        server = new Ssl(serverCtx);
        server.setBio(toServer, toClient);
        server.setAcceptState();
    }

    public static MemoryPair unbounded() {
        return new MemoryPair(clientCtx(), serverCtx(), new MemoryBio(), new MemoryBio());
    }

    /** Each Bio holds this many bytes at most, so that both sides wait for each other. */
    public static MemoryPair bounded(int bytes) {
        return new MemoryPair(clientCtx(), serverCtx(), new MemoryBio(bytes), new MemoryBio(bytes));
    }

    public static SslCtx clientCtx() {
        SslCtx ctx = new SslCtx(TlsMethod.TLS_CLIENT);
        ctx.addTrusted(List.of(IDENTITY.issuer()));
        return ctx;
    }

    public static SslCtx serverCtx() {
        try {
            SslCtx ctx = new SslCtx(TlsMethod.TLS_SERVER);
            ctx.useCertAndKey(List.of(IDENTITY.certificate()), IDENTITY.key());
            return ctx;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Drives both handshakes; the result of either that is neither done nor waiting ends it. */
    public MemoryPair handshake() {
        for (int turn = 0; turn < 100_000; turn++) {
            int c = client.doHandshake();
            int s = server.doHandshake();
            if (c == 1 && s == 1 || over(client, c) || over(server, s)) {
                return this;
            }
        }
        throw new AssertionError("no end: " + client + ", " + server);
    }

    public MemoryPair connected() {
        handshake();
        assertTrue(client.isInitFinished(), () -> "client: " + client.failure());
        assertTrue(server.isInitFinished(), () -> "server: " + server.failure());
        return this;
    }

    private static boolean over(Ssl ssl, int ret) {
        SslError e = ssl.getError(ret);
        return ret <= 0 && e != SslError.WANT_READ && e != SslError.WANT_WRITE;
    }
}
