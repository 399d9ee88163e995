// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.scenarios;

import java.security.GeneralSecurityException;
import java.util.List;
import org.libssl4j.Ssl;
import org.libssl4j.SslCtx;
import org.libssl4j.SslError;
import org.libssl4j.SslMode;
import org.libssl4j.SslOption;
import org.libssl4j.TlsMethod;
import org.libssl4j.fault.TlsException;
import org.libssl4j.spi.VerifyMode;
import org.libssl4j.testkit.pki.TestCertificate;

/** One end of a scenario: an {@link Ssl} and its wire. */
final class End implements AutoCloseable {
    private static final TestCertificate CERTIFICATE =
            TestCertificate.builder().dns("scenario.libssl4j.test").build();

    final char name;
    final WireBio wire = new WireBio();
    End other;
    private TlsMethod method;
    private String groups;
    private String suites;
    private VerifyMode verify = VerifyMode.NONE;
    private boolean hasCertificate;
    private boolean hasBio = true;
    private Ssl ssl;
    private long position; // of the next byte to be written, in the stream of application data
    private long expected; // of the next byte to be read
    private boolean otherData;

    End(char name) {
        this.name = name;
        this.method = name == 'c' ? TlsMethod.TLS_CLIENT : TlsMethod.TLS_SERVER;
        this.hasCertificate = name == 's';
    }

    Ssl ssl() {
        return ssl;
    }

    // ---- settings --------------------------------------------------------------------------------------------------

    /** Takes a setting for the time before the connections are made; false if the word is none. */
    boolean configure(String what, String argument) {
        switch (what) {
            case "method" -> method = TlsMethod.valueOf(argument.equals("tls") ? "TLS" : "TLS_" + upper(argument));
            case "groups" -> groups = argument;
            case "suites" -> suites = argument;
            case "verify" ->
                verify = argument.equals("require") ? VerifyMode.PEER_FAIL_IF_NO_PEER_CERT : VerifyMode.PEER;
            case "no-certificate" -> hasCertificate = false;
            case "no-bio" -> hasBio = false;
            default -> {
                return false;
            }
        }
        if (ssl != null) {
            throw new IllegalArgumentException(what + " comes too late");
        }
        return true;
    }

    void create() {
        if (ssl != null) {
            return;
        }
        SslCtx ctx = new SslCtx(method);
        ctx.setVerify(verify, null);
        ctx.disableHostnameCheck();
        // Libssl's tickets go out with its handshake, ours with the first data (docs/deviations.md): told apart by each
        // call after it, which is what the scenarios are about.
        ctx.setNumTickets(0);
        if (groups != null) {
            ctx.set1GroupsList(groups);
        }
        if (suites != null) {
            ctx.setCiphersuites(suites);
        }
        if (hasCertificate) {
            try {
                ctx.useCertAndKey(List.of(CERTIFICATE.x509()), CERTIFICATE.privateKey());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
        ssl = new Ssl(ctx);
        if (hasBio) {
            ssl.setBio(wire, wire);
        }
    }

    /** Takes a setting for any time; false if the word is none. */
    boolean set(String what, String argument, String value) {
        switch (what) {
            case "room" -> wire.room = argument.equals("all") ? -1 : Integer.parseInt(argument);
            case "reading" -> wire.reading = WireBio.Stall.named(argument);
            case "writing" -> wire.writing = WireBio.Stall.named(argument);
            case "bio" -> ssl.setBio(wire, wire);
            case "quiet" -> ssl.setQuietShutdown(on(argument));
            case "set-shutdown" -> ssl.setShutdown(Integer.parseInt(argument));
            case "read-ahead" -> ssl.setReadAhead(on(argument));
            case "state" -> {
                if (argument.equals("connect")) {
                    ssl.setConnectState();
                } else {
                    ssl.setAcceptState();
                }
            }
            case "mode" -> setMode(mode(argument), on(value));
            case "ignore-end" -> {
                if (on(argument)) {
                    ssl.setOptions(SslOption.IGNORE_UNEXPECTED_EOF);
                } else {
                    ssl.clearOptions(SslOption.IGNORE_UNEXPECTED_EOF);
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void setMode(SslMode mode, boolean yes) {
        if (yes) {
            ssl.setMode(mode);
        } else {
            ssl.clearMode(mode);
        }
    }

    private static SslMode mode(String word) {
        return switch (word) {
            case "partial-write" -> SslMode.ENABLE_PARTIAL_WRITE;
            case "auto-retry" -> SslMode.AUTO_RETRY;
            case "moving-buffer" -> SslMode.ACCEPT_MOVING_WRITE_BUFFER;
            default -> throw new IllegalArgumentException("there is no mode " + word);
        };
    }

    private static boolean on(String word) {
        if (!word.equals("on") && !word.equals("off")) {
            throw new IllegalArgumentException(word + " is neither on nor off");
        }
        return word.equals("on");
    }

    private static String upper(String s) {
        return s.toUpperCase(java.util.Locale.ROOT);
    }

    // ---- calls -----------------------------------------------------------------------------------------------------

    /** Makes a call, and tells all that a caller can see of its result. */
    Outcome call(int step, String what, String argument) {
        wire.wrote = false;
        otherData = false;
        int ret = make(what, argument);
        SslError error = ssl.getError(ret);
        Outcome o = new Outcome(step + " " + name + " " + what + (argument.isEmpty() ? "" : " " + argument));
        o.put("ret", ret);
        o.put("error", error);
        o.put("want", waits(error) ? ssl.want() : "-");
        o.put("shutdown", ssl.getShutdown());
        o.put("pending", ssl.pending());
        o.put("finished", ssl.isInitFinished() ? 1 : 0);
        o.put("sent", wire.wrote ? 1 : 0);
        o.put(
                "reason",
                error == SslError.SSL && ssl.failure() instanceof TlsException e
                        ? e.reason().code()
                        : 0);
        if (otherData) {
            o.put("data", "other");
        }
        return o;
    }

    private static boolean waits(SslError e) {
        return e != SslError.NONE && e != SslError.SSL && e != SslError.SYSCALL && e != SslError.ZERO_RETURN;
    }

    private int make(String what, String argument) {
        return switch (what) {
            case "connect" -> ssl.connect();
            case "accept" -> ssl.accept();
            case "handshake" -> ssl.doHandshake();
            case "shutdown" -> ssl.shutdown();
            case "read" -> read(Integer.parseInt(argument), false);
            case "peek" -> read(Integer.parseInt(argument), true);
            case "write", "rewrite" -> write(Integer.parseInt(argument));
            default -> throw new IllegalArgumentException("there is no call named " + what);
        };
    }

    private int read(int n, boolean stay) {
        byte[] to = new byte[n];
        int ret = stay ? ssl.peek(to, 0, n) : ssl.read(to, 0, n);
        for (int i = 0; i < ret; i++) {
            otherData |= to[i] != other.byteAt(expected + i);
        }
        if (!stay && ret > 0) {
            expected += ret;
        }
        return ret;
    }

    private int write(int n) {
        byte[] from = new byte[n];
        for (int i = 0; i < n; i++) {
            from[i] = byteAt(position + i);
        }
        int ret = ssl.write(from, 0, n);
        if (ret > 0) {
            position += ret;
        }
        return ret;
    }

    private byte byteAt(long at) {
        return (byte) (at * 7 + at / 251 + name);
    }

    @Override
    public void close() {
        if (ssl != null) {
            ssl.close();
        }
    }
}
