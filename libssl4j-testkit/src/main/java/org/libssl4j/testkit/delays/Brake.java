// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.testkit.delays;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import org.libssl4j.CertCb;
import org.libssl4j.ClientCertCb;
import org.libssl4j.ClientHelloCb;
import org.libssl4j.GetSessionCb;
import org.libssl4j.PskClientCb;
import org.libssl4j.PskServerCb;
import org.libssl4j.ServernameCb;
import org.libssl4j.SslAlpnSelectCb;
import org.libssl4j.TicketKeyCb;
import org.libssl4j.bio.Bio;
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
    /** What a callback answers that wants to be asked again. One that is not here cannot. */
    private static final Map<Class<?>, Object> LATER = Map.ofEntries(
            Map.entry(ClientHelloCb.class, ClientHelloAnswer.RETRY),
            Map.entry(ServernameCb.class, ServernameAnswer.RETRY),
            Map.entry(SslAlpnSelectCb.class, AlpnSelectCb.LATER),
            Map.entry(AlpnSelectCb.class, AlpnSelectCb.LATER),
            Map.entry(CertCb.class, CertCb.Answer.LATER),
            Map.entry(ClientCertCb.class, ClientCertCb.Answer.LATER),
            Map.entry(CertVerifyCb.class, CertVerifyCb.Verdict.LATER),
            Map.entry(PskClientCb.class, PskClientCb.Answer.LATER),
            Map.entry(PskServerCb.class, PskServerCb.Answer.LATER),
            Map.entry(GetSessionCb.class, GetSessionCb.Answer.LATER),
            Map.entry(TicketKeyCb.class, TicketKeyCb.Answer.LATER),
            Map.entry(VerifyCb.class, VerifyCb.Answer.LATER));

    private final Delays delays;
    private final Log log;
    private final Map<Class<?>, Integer> left = new HashMap<>(); // how often it is still put off
    private final Set<String> asked = new HashSet<>();
    private DelayedExecutor executor; // null without one
    private DelayedBio in;
    private DelayedBio out;
    private Lock lock = Lock.NOTHING;
    private boolean held;
    private int repeated;

    /** What a script has locked until it unlocks it, whatever the delays are: so that something else comes first in every run. */
    public enum Lock {
        NOTHING,
        /** Callbacks that can answer "later" do. */
        CALLBACKS,
        /** Lent work is not done. */
        WORK
    }

    /** A call that is made twice. */
    @FunctionalInterface
    public interface Call<T> {
        T make() throws TlsException;
    }

    public Brake(Delays delays, Log log) {
        this.delays = delays;
        this.log = log;
        this.executor = delays.pending() == 0 ? null : new DelayedExecutor(delays.pending());
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

    /** The executor, or null. */
    public Executor executor() {
        return executor == null ? null : asked(Executor.class, executor);
    }

    /** The executor, which is there even if nothing is delayed: so that {@link Lock#WORK} has something to lock. */
    public Executor executorAlways() {
        if (executor == null) {
            executor = new DelayedExecutor(0);
        }
        return executor();
    }

    /** Whether callbacks are put off. */
    public boolean putsOff() {
        return delays.later() > 0;
    }

    /** A callback that is noted when it is asked, and that, each time, answers "later" first if it is one that can. */
    public <C> C asked(Class<C> type, C to) {
        InvocationHandler handler = (proxy, method, args) -> {
            if (Modifier.isAbstract(method.getModifiers())) {
                // Of a callback with two methods one may have no such answer.
                boolean able = method.getReturnType().isInstance(LATER.get(type));
                boolean later = able && later(type);
                asked.add(type.getSimpleName() + (later ? " later" : ""));
                if (later) {
                    return LATER.get(type);
                }
            }
            try {
                return method.invoke(to, args);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return type.cast(Proxy.newProxyInstance(Brake.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private boolean later(Class<?> type) {
        if (!LATER.containsKey(type)) {
            return false;
        }
        int n = left.getOrDefault(type, delays.later());
        if (lock == Lock.CALLBACKS || held && putsOff()) {
            return true;
        }
        left.put(type, n > 0 ? n - 1 : delays.later()); // once it has answered, it is put off as often the next time
        return n > 0;
    }

    /** The callbacks that were asked, and with " later" those that were put off. */
    Set<String> asked() {
        return asked;
    }

    /** A callback that says what the one of the settings does, or what the handshake does without one; null if there is none and nothing is put off. */
    public VerifyCb verify(Verification v, Role role) {
        if (v.callback() != null) {
            return asked(VerifyCb.class, v.callback());
        }
        boolean strict = v.modeFor(role == Role.CLIENT) != VerifyMode.NONE;
        return !putsOff()
                ? null
                : asked(
                        VerifyCb.class,
                        (result, chain) ->
                                strict && result != VerifyResult.OK ? VerifyCb.Answer.REJECT : VerifyCb.Answer.ACCEPT);
    }

    /** From here on. */
    public void lock(Lock what) {
        lock = what;
        if (executor != null) {
            executor.lock(what == Lock.WORK);
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
