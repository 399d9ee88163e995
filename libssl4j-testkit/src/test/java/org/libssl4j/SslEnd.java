// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Want;
import org.libssl4j.testkit.delays.Brake;
import org.libssl4j.testkit.delays.End;
import org.libssl4j.testkit.delays.Log;
import org.libssl4j.testkit.delays.Outcome;

/** An end whose face is {@link Ssl}. */
final class SslEnd implements End {
    private final Ssl ssl;
    private final Brake brake;
    private final Log log;
    private boolean cookieDue;
    private Exception failure;

    SslEnd(Ssl ssl, Brake brake, Log log, boolean stateless) {
        this.ssl = ssl;
        this.brake = brake;
        this.log = log;
        this.cookieDue = stateless;
        ssl.setBio(brake.in(), brake.out());
    }

    private interface Call {
        int make();
    }

    private int call(Call call) {
        brake.look();
        int ret = call.make();
        if (ret >= 0) {
            return ret;
        }
        SslError error = ssl.getError(ret);
        switch (error) {
            case SSL -> {
                failure = ssl.failure();
                return FAILED;
            }
            case NONE, SYSCALL, ZERO_RETURN -> throw new AssertionError(error + " of " + ssl, ssl.failure());
            default -> {
                log.parked(error.name());
                try {
                    brake.again(error, () -> ssl.getError(call.make()));
                } catch (TlsException e) {
                    throw new AssertionError(e);
                }
                return WAIT;
            }
        }
    }

    @Override
    public int handshake() {
        while (cookieDue) {
            int r = call(ssl::stateless);
            if (r < 0) {
                return r;
            }
            cookieDue = r == 0;
        }
        return call(ssl::doHandshake);
    }

    @Override
    public int read(byte[] b, int off, int len) {
        int n = call(() -> ssl.read(b, off, len));
        if (n == 0 && ssl.getError(n) != SslError.ZERO_RETURN) {
            throw new AssertionError("0 read, but " + ssl.getError(n));
        }
        return n;
    }

    @Override
    public int write(byte[] b, int off, int len) {
        return call(() -> ssl.write(b, off, len));
    }

    @Override
    public int renegotiate() {
        return call(ssl::renegotiate);
    }

    @Override
    public int keyUpdate(boolean updateRequested) {
        return call(() -> ssl.keyUpdate(updateRequested ? KeyUpdateType.REQUESTED : KeyUpdateType.NOT_REQUESTED));
    }

    @Override
    public int shutdown() {
        return call(ssl::shutdown);
    }

    @Override
    public void requestCertificate() {
        if (ssl.verifyClientPostHandshake() != 1) {
            throw new AssertionError(ssl.failure());
        }
    }

    @Override
    public Want localWant() {
        return switch (ssl.want()) {
            case NOTHING, READING, WRITING -> Want.NOTHING;
            case X509_LOOKUP -> Want.X509_LOOKUP;
            case ASYNC_PAUSED -> Want.ASYNC;
            case ASYNC_NO_JOBS -> Want.ASYNC_JOB;
            case CLIENT_HELLO_CB -> Want.CLIENT_HELLO_CB;
            case RETRY_VERIFY -> Want.RETRY_VERIFY;
        };
    }

    @Override
    public void linger() {
        ssl.doHandshake();
    }

    @Override
    public Map<String, String> facts() {
        Map<String, String> f = new TreeMap<>();
        f.put("complete", "" + ssl.isInitFinished());
        f.put("version", ssl.getVersion());
        f.put("suite", ssl.getCipherName());
        f.put("group", ssl.getNegotiatedGroup());
        f.put("alpn", ssl.getAlpnSelected());
        f.put("serverName", ssl.isServer() ? ssl.getServername() : null);
        f.put(
                "peerChain",
                ssl.getPeerCertChainDer().stream().map(Outcome::digest).collect(Collectors.joining(" ")));
        f.put("verifyResult", ssl.getVerifyResult().name());
        f.put("peerSignature", ssl.getPeerSignatureName());
        f.put("signature", ssl.getSignatureName());
        f.put("failure", Outcome.fault(failure));
        f.put("sentShutdown", "" + ssl.sentShutdown());
        f.put("receivedShutdown", "" + ssl.receivedShutdown());
        return f;
    }

    @Override
    public Log log() {
        return log;
    }

    @Override
    public Brake brake() {
        return brake;
    }

    @Override
    public void close() {
        ssl.close();
    }
}
