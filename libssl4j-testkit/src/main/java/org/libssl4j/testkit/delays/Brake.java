// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.testkit.delays;

import java.util.concurrent.Executor;
import org.libssl4j.ClientHelloCb;
import org.libssl4j.ServernameCb;
import org.libssl4j.SslAlpnSelectCb;
import org.libssl4j.bio.Bio;
import org.libssl4j.config.CertificateSource.Answer;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.config.Verification;
import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Role;
import org.libssl4j.spi.AlpnSelectCb;
import org.libssl4j.spi.CertVerifyCb;
import org.libssl4j.spi.ClientHelloAnswer;
import org.libssl4j.spi.ServernameAnswer;
import org.libssl4j.spi.VerifyCb;
import org.libssl4j.spi.VerifyMode;
import org.libssl4j.spi.VerifyResult;

/** The delays of one end in one run. Not thread-safe. */
public final class Brake {
    private final Delays delays;
    private final Log log;
    private final DelayedExecutor executor;
    private DelayedBio in;
    private DelayedBio out;
    private int later;
    private int certificateLater;
    private boolean held;
    private int repeated;

    /** A call that is made twice. */
    @FunctionalInterface
    public interface Call<T> {
        T make() throws TlsException;
    }

    public Brake(Delays delays, Log log) {
        this.delays = delays;
        this.log = log;
        this.executor = delays.pending() == 0 ? null : new DelayedExecutor(delays.pending());
        this.later = delays.later();
        this.certificateLater = delays.later();
    }

    /** Stands between the end and the Bios that it was to have; where both are one Bio, so are these. */
    public void on(Bio read, Bio write) {
        in = new DelayedBio(delays, read);
        out = read == write ? in : new DelayedBio(delays, write);
    }

    /** What the end reads from. */
    public Bio in() {
        return in;
    }

    /** What the end writes to. */
    public Bio out() {
        return out;
    }

    /** The configuration with the delays in it. */
    public HandshakeConfig on(HandshakeConfig config, Role role) {
        HandshakeConfig c = executor == null ? config : config.with(executor);
        if (delays.later() > 0) {
            c = c.with(c.callbacks().withCertificate(() -> later() ? Answer.LATER : Answer.GIVEN));
        }
        return c.with(c.verification().with(verify(c.verification(), role)).with(judge(c.verification())));
    }

    /** As {@link #verify}, of a callback that judges in the library's place; null without one. */
    public CertVerifyCb judge(Verification v) {
        CertVerifyCb behind = v.replacement();
        if (delays.later() == 0 || behind == null) {
            return behind;
        }
        return chain -> {
            if (held || later > 0) {
                later -= held ? 0 : 1;
                return CertVerifyCb.Verdict.LATER;
            }
            return behind.verify(chain);
        };
    }

    /** The executor, or null. */
    public Executor executor() {
        return executor;
    }

    /** Whether a certificate callback has to answer "later", this time. */
    public boolean later() {
        if (held || certificateLater > 0) {
            certificateLater -= held ? 0 : 1;
            return true;
        }
        certificateLater = delays.later(); // when it is asked the next time
        return false;
    }

    /** A callback that answers "later" first, and then what the one behind it says, or what the handshake does without one. */
    public VerifyCb verify(Verification v, Role role) {
        if (delays.later() == 0) {
            return v.callback();
        }
        boolean strict = v.modeFor(role == Role.CLIENT) != VerifyMode.NONE;
        return (result, chain) -> {
            if (held || later > 0) {
                later -= held ? 0 : 1;
                return VerifyCb.Answer.LATER;
            }
            if (v.callback() != null) {
                return v.callback().verify(result, chain);
            }
            return strict && result != VerifyResult.OK ? VerifyCb.Answer.REJECT : VerifyCb.Answer.ACCEPT;
        };
    }

    /** A callback that answers "later" first. */
    public ClientHelloCb clientHello(ClientHelloCb to) {
        Later later = new Later();
        return (ssl, hello) -> later.answers() ? ClientHelloAnswer.RETRY : to.clientHello(ssl, hello);
    }

    /** A callback that answers "later" first. */
    public ServernameCb servername(ServernameCb to) {
        Later later = new Later();
        return (ssl, name) -> later.answers() ? ServernameAnswer.RETRY : to.servername(ssl, name);
    }

    /** A callback that answers "later" first. */
    public SslAlpnSelectCb alpnSelect(SslAlpnSelectCb to) {
        Later later = new Later();
        return (ssl, offered) -> later.answers() ? AlpnSelectCb.LATER : to.select(ssl, offered);
    }

    /** What a callback has still to answer before it answers the truth. */
    private final class Later {
        private int left = delays.later();

        boolean answers() {
            if (delays.later() == 0 || !held && left == 0) {
                return false;
            }
            left -= held ? 0 : 1;
            return true;
        }
    }

    /** A call of the end's begins: lent work comes nearer to its end. */
    public void look() {
        if (executor != null) {
            executor.look();
        }
    }

    /** Makes a call again, with nothing changed since it said {@code before}: it has to say the same and to do nothing. */
    public <T> void again(T before, Call<T> call) throws TlsException {
        if (!delays.twice()) {
            return;
        }
        int noted = log.size();
        hold(true);
        try {
            T after = call.make();
            if (!before.equals(after)) {
                throw new AssertionError("first " + before + ", then, with nothing changed, " + after);
            }
        } finally {
            hold(false);
        }
        if (log.size() != noted) {
            throw new AssertionError("a call that waited for " + before + " did something when it was made again");
        }
        repeated++;
    }

    private void hold(boolean yes) {
        held = yes;
        in.hold(yes);
        out.hold(yes);
    }

    /** How often a call was made again. */
    public int repeated() {
        return repeated;
    }

    /** Bytes moved in either direction. */
    long moved() {
        return in == out ? in.moved() : in.moved() + out.moved();
    }

    /** All bytes that were sent. */
    byte[] wire() {
        return out.written();
    }
}
