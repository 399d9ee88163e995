// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Set;
import org.libssl4j.SessionCacheMode;
import org.libssl4j.Ssl;
import org.libssl4j.SslCtx;
import org.libssl4j.SslOption;
import org.libssl4j.SslSession;
import picocli.CommandLine.Option;

/** The options of {@code s_client} for sessions: the newest one is kept in a file, or for the next connection. */
final class ClientSessions {
    private static final int RECONNECTS = 5;

    @Option(names = "-sess_out", paramLabel = "FILE", description = "Writes the session to this file.")
    private Path sessOut;

    @Option(names = "-sess_in", paramLabel = "FILE", description = "Resumes the session of this file.")
    private Path sessIn;

    @Option(
            names = "-reconnect",
            description = "Ends the connection and makes a new one that resumes its session, five times.")
    private boolean reconnect;

    @Option(names = "-no_ticket", description = "Offers no session tickets, in TLS 1.2 and before.")
    private boolean noTicket;

    private SslSession newest;
    private int reconnects;
    private IOException notWritten;

    /** @param shown prints the tickets of TLS 1.3, which come after the summary; null for nobody */
    void in(SslCtx ctx, Terminal shown) {
        if (noTicket) {
            ctx.setOptions(SslOption.NO_TICKET);
        }
        ctx.setSessionCacheMode(SessionCacheMode.CLIENT, SessionCacheMode.NO_INTERNAL_STORE);
        ctx.sessSetNewCb((ssl, session) -> keep(session, shown));
        reconnects = reconnect ? RECONNECTS : 0;
    }

    private boolean keep(SslSession session, Terminal shown) {
        if (newest != null) {
            newest.close();
        }
        newest = session;
        if (shown != null && session.getVersion().equals("TLSv1.3")) {
            shown.print("---\nPost-Handshake New Session Ticket arrived:\n" + SessionText.of(session, false) + "---\n");
        }
        if (sessOut != null) {
            byte[] pem = session.toPem();
            try {
                writePrivate(sessOut, pem);
            } catch (IOException e) {
                notWritten = e; // the handshake has nothing to do with it
            } finally {
                Arrays.fill(pem, (byte) 0);
            }
        }
        return true;
    }

    /** Writes what others shall not read. */
    static void writePrivate(Path file, byte[]... parts) throws IOException {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ours = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        try (SeekableByteChannel c = Files.newByteChannel(
                        file,
                        Set.of(
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE,
                                StandardOpenOption.TRUNCATE_EXISTING),
                        ours);
                OutputStream o = Channels.newOutputStream(c)) {
            for (byte[] p : parts) {
                o.write(p);
            }
        }
    }

    /** Before a handshake: resumes the newest session, or that of the file. */
    void resume(Ssl ssl) throws Failure {
        if (newest != null) {
            ssl.setSession(newest);
        } else if (sessIn != null) {
            try (SslSession s = read()) {
                ssl.setSession(s);
            }
        }
    }

    private SslSession read() throws Failure {
        byte[] file = null;
        try {
            file = Files.readAllBytes(sessIn);
            return SslSession.fromPem(file);
        } catch (IOException | GeneralSecurityException e) {
            throw new Failure("-sess_in " + sessIn + ": " + Failure.text(e), e);
        } finally {
            if (file != null) {
                Arrays.fill(file, (byte) 0);
            }
        }
    }

    /** Whether the connection is to be dropped for another one. */
    boolean again() {
        return reconnects-- > 0;
    }

    /** At the end of a connection. */
    void check() throws Failure {
        if (notWritten != null) {
            throw new Failure("-sess_out " + sessOut + ": " + Failure.text(notWritten), notWritten);
        }
    }
}
