// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.testkit.delays;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.libssl4j.bio.Bio;
import org.libssl4j.fault.PeerAlertException;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Negotiated;
import org.libssl4j.handshake.Role;
import org.libssl4j.handshake.Want;
import org.libssl4j.iana.AlertDescription;

/** An end that drives an {@link Engine} over two Bios, and runs each parked state twice where the delays say so. */
public final class EngineEnd implements End {
    private final Role role;
    private final Engine engine;
    private final Brake brake;
    private final Log log;
    private final Bio in;
    private final Bio out;
    private boolean flushed = true;
    private int written; // bytes of the write under way that are sealed already
    private boolean told; // shutdown() has returned 0
    private TlsException failure;

    public EngineEnd(Role role, Engine engine, Brake brake, Log log) {
        this.role = role;
        this.engine = engine;
        this.brake = brake;
        this.log = log;
        this.in = brake.in();
        this.out = brake.out();
    }

    public Engine engine() {
        return engine;
    }

    /** A step that may fail. */
    private interface Step {
        int go() throws TlsException, IOException;
    }

    private int call(Step step) {
        brake.look();
        try {
            return step.go();
        } catch (TlsException e) {
            failure = e;
            return FAILED;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int handshake() {
        return call(this::advance);
    }

    private int advance() throws TlsException, IOException {
        while (true) {
            Want w = engine.advance();
            if (w != Want.NOTHING) {
                log.parked(engine.stateName() + " " + w);
                brake.again(w, engine::advance);
            }
            if (w == Want.NOTHING) {
                return drain();
            }
            if (w != Want.READ && w != Want.WRITE) {
                return WAIT;
            }
            int r = drain();
            if (r > 0 && w == Want.READ) {
                r = fill();
            }
            if (r <= 0) {
                return r;
            }
        }
    }

    @Override
    public int read(byte[] b, int off, int len) {
        return call(() -> take(b, off, len));
    }

    private int take(byte[] b, int off, int len) throws TlsException, IOException {
        while (true) {
            int n = engine.read(b, off, len);
            if (n > 0) {
                return n;
            }
            if (engine.closeNotifyReceived()) {
                return 0;
            }
            if (engine.drained()) {
                brake.again(0, () -> engine.read(b, off, len));
            }
            drain(); // as far as it goes: reading does not wait for it
            Want local = engine.localWant();
            if (local != Want.NOTHING) {
                log.parked(engine.stateName() + " " + local);
                brake.again(local, () -> engine.read(b, off, len) > 0 ? Want.NOTHING : engine.localWant());
                return WAIT;
            }
            int r = fill();
            if (r <= 0) {
                return r;
            }
        }
    }

    @Override
    public int write(byte[] b, int off, int len) {
        return call(() -> put(b, off, len));
    }

    private int put(byte[] b, int off, int len) throws TlsException, IOException {
        while (true) {
            int r = drain();
            if (r <= 0) {
                return r;
            }
            if (written == len) {
                written = 0;
                return len;
            }
            int n = engine.write(b, off + written, Math.min(len - written, 16_384));
            written += n;
            if (n == 0 && engine.drained()) {
                r = advance(); // a handshake is under way, which has to end before
                if (r <= 0) {
                    return r;
                }
            }
        }
    }

    @Override
    public int keyUpdate(boolean updateRequested) {
        return call(() -> {
            engine.keyUpdate(updateRequested);
            return 1;
        });
    }

    @Override
    public int renegotiate() {
        return call(() -> {
            engine.renegotiate();
            return 1;
        });
    }

    @Override
    public int shutdown() {
        return call(this::closing);
    }

    private int closing() throws TlsException, IOException {
        engine.closeNotify();
        int r = drain();
        if (r <= 0) {
            return r;
        }
        if (engine.closeNotifyReceived()) {
            return 1;
        }
        if (!told) {
            told = true;
            return 0;
        }
        byte[] one = new byte[1];
        r = take(one, 0, 1);
        if (r > 0) {
            throw new AssertionError("application data where close_notify was expected");
        }
        return r == 0 ? 1 : r;
    }

    /** 1 when all output was taken. */
    public int flush() {
        return call(this::drain);
    }

    @Override
    public void requestCertificate() {
        try {
            engine.requestCertificate();
        } catch (TlsException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public Want localWant() {
        return engine.localWant();
    }

    @Override
    public void linger() {
        call(this::drain);
    }

    // ---- bytes -----------------------------------------------------------------------------------------------------

    private int drain() throws IOException {
        while (!engine.drained()) {
            if (engine.drain(out::write) <= 0) {
                return WAIT;
            }
            flushed = false;
        }
        if (!flushed && out.flush() < 0) {
            return WAIT;
        }
        flushed = true;
        return 1;
    }

    private int fill() throws TlsException, IOException {
        int n = engine.fill(in::read);
        if (n != 0) {
            return n > 0 ? 1 : WAIT;
        }
        TlsException e = new TlsException(
                AlertDescription.CLOSE_NOTIFY, Reason.UNEXPECTED_EOF_WHILE_READING, "the stream ended");
        if (engine.negotiated().complete()) {
            throw e; // reading is over; writing is not
        }
        throw engine.abandon(e);
    }

    // ---- what came of it -------------------------------------------------------------------------------------------

    @Override
    public Map<String, String> facts() {
        Negotiated n = engine.negotiated();
        Map<String, String> f = new TreeMap<>();
        f.put("complete", "" + (n.complete() && engine.failure() == null));
        f.put("version", n.version() == null ? null : n.version().text());
        f.put("suite", n.suite() == null ? null : n.suite().opensslName());
        f.put("group", n.group() == null ? null : n.group().ianaName());
        f.put("alpn", n.alpn());
        f.put("serverName", role == Role.CLIENT ? null : n.serverName());
        f.put(
                "peerChain",
                n.peerChain().stream().map(c -> Outcome.digest(c.der())).collect(Collectors.joining(" ")));
        f.put("verifyResult", n.verifyResult().name());
        f.put(
                "peerSignature",
                n.peerSignature() == null ? null : n.peerSignature().ianaName());
        f.put("signature", n.ownSignature() == null ? null : n.ownSignature().ianaName());
        f.put("failure", Outcome.fault(failure));
        f.put("sentShutdown", "" + engine.closeNotifySent());
        // SSL_get_shutdown(3): an alert of the peer's ends what it sends as well.
        f.put("receivedShutdown", "" + (engine.closeNotifyReceived() || failure instanceof PeerAlertException));
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
        engine.close();
    }
}
