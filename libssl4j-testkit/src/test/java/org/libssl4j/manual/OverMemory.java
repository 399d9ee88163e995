// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.manual;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.util.List;
import org.libssl4j.MemoryPair;
import org.libssl4j.Ssl;
import org.libssl4j.SslCtx;
import org.libssl4j.TlsMethod;
import org.libssl4j.bio.MemoryBio;
import org.libssl4j.handshake.Role;
import org.libssl4j.interop.Identity;
import org.libssl4j.interop.Library;
import org.libssl4j.interop.Library.Wish;
import org.libssl4j.testkit.peer.EnginePeer;

/** One of ours and SunJSSE over two memory Bios, in one thread: a peer that we have not written says what was on the wire. When SunJSSE has nothing to read, {@link #answer} is asked for more; if that gives none, its stream has ended. */
final class OverMemory {
    /** What a peer's read gives after close_notify. */
    static final int CLOSED = -1;

    final Ssl ours;
    final EnginePeer sun;
    final MemoryBio toUs;
    final MemoryBio toSun;
    private Runnable answer = () -> {};

    /** The client or server that we are, with the role given by the context's method alone. */
    static OverMemory as(Role role) {
        return new OverMemory(role, newSsl(role), new MemoryBio(), new MemoryBio());
    }

    /** The same with Bios that hold so many bytes at most. */
    static OverMemory bounded(Role role, int room) {
        return new OverMemory(role, newSsl(role), new MemoryBio(), new MemoryBio(room));
    }

    /** With a context of the test's own. */
    static OverMemory of(SslCtx ctx, Role role) {
        return new OverMemory(role, newSsl(ctx, role), new MemoryBio(), new MemoryBio());
    }

    /** An {@link Ssl} of a context for either role, which has both our certificate and SunJSSE's authority; its role is not set. */
    static OverMemory undecided(Role later) {
        try {
            SslCtx ctx = new SslCtx(TlsMethod.TLS);
            ctx.addTrusted(List.of(MemoryPair.IDENTITY.issuer()));
            ctx.useCertAndKey(MemoryPair.IDENTITY.chain(), MemoryPair.IDENTITY.key());
            Ssl ssl = new Ssl(ctx);
            ssl.setHostname(Identity.HOST);
            return new OverMemory(later, ssl, new MemoryBio(), new MemoryBio());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private OverMemory(Role role, Ssl ssl, MemoryBio toUs, MemoryBio toSun) {
        this.ours = ssl;
        this.toUs = toUs;
        this.toSun = toSun;
        ours.setBio(toUs, toSun);
        sun = new EnginePeer(Library.SUN_JSSE.engine(wish(role)), new FromUs(), new ToUs(), () -> {});
    }

    static Ssl newSsl(Role role) {
        return newSsl(role == Role.CLIENT ? MemoryPair.clientCtx() : MemoryPair.serverCtx(), role);
    }

    private static Ssl newSsl(SslCtx ctx, Role role) {
        Ssl ssl = new Ssl(ctx);
        if (role == Role.CLIENT) {
            ssl.setHostname(Identity.HOST);
        }
        return ssl;
    }

    /** SunJSSE's part if ours is this role. */
    static Wish wish(Role ours) {
        return ours == Role.CLIENT
                ? Wish.server(MemoryPair.IDENTITY, null, null, null)
                : Wish.client(MemoryPair.IDENTITY.issuer(), null, null, null);
    }

    /** Says what is done on our side when SunJSSE waits for bytes. */
    OverMemory answering(Runnable step) {
        answer = step;
        return this;
    }

    /** Handshakes by {@code doHandshake()}; from then on nothing of ours runs by itself. */
    OverMemory connected() throws IOException {
        answering(ours::doHandshake);
        sun.handshake();
        assertEquals(1, ours.doHandshake(), () -> String.valueOf(ours.failure()));
        return answering(() -> {});
    }

    /** SunJSSE reads one byte or meets close_notify, which is {@link #CLOSED}. */
    int sunReads() throws IOException {
        byte[] b = new byte[1];
        int n = sun.read(b, 0, 1);
        return n == -1 ? CLOSED : b[0] & 0xff;
    }

    /** SunJSSE's next record is a KeyUpdate that asks us for one: what a handshake begun anew is in TLS 1.3. */
    void updateKeysOfSun() throws IOException {
        sun.engine().beginHandshake();
    }

    private final class FromUs extends InputStream {
        @Override
        public int read() {
            throw new UnsupportedOperationException("the peer reads into arrays");
        }

        @Override
        public int read(byte[] b, int off, int len) {
            int n = toSun.read(b, off, len);
            for (int turn = 0; n < 0 && turn < 2; turn++) { // the first may take what a full Bio held back
                answer.run();
                n = toSun.read(b, off, len);
            }
            return n;
        }
    }

    private final class ToUs extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] b, int off, int len) throws IOException {
            assertEquals(len, toUs.write(b, off, len));
        }
    }
}
