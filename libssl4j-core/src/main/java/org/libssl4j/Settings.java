// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.config.LegacySettings;
import org.libssl4j.iana.ProtocolVersion;

/**
 * How a connection is configured: by its context as that was at one moment, and above it by what was set on the connection itself. Another context can be put below; then nothing of the one before is left. Not thread-safe.
 */
final class Settings {
    private final Ssl ssl;
    private final SslCtx first;
    private SslCtx ctx;
    private HandshakeConfig config;
    private final Set<SslOption> options = EnumSet.noneOf(SslOption.class);
    private final Set<SslMode> modes = EnumSet.noneOf(SslMode.class);

    // What was set on the connection itself, by what it is, so that setting it again leaves one entry.
    private final Map<String, UnaryOperator<HandshakeConfig>> own = new LinkedHashMap<>(4);
    private final Map<SslOption, Boolean> ownOptions = new EnumMap<>(SslOption.class);
    private final Map<SslMode, Boolean> ownModes = new EnumMap<>(SslMode.class);

    Settings(Ssl ssl, SslCtx ctx) {
        this.ssl = ssl;
        this.first = ctx;
    }

    /** The context that lies below. */
    SslCtx ctx() {
        return ctx;
    }

    /** The context that the connection was made with. */
    SslCtx first() {
        return first;
    }

    /** What holds now. */
    HandshakeConfig config() {
        return config;
    }

    /** Those that are on; always the same set. */
    Set<SslOption> options() {
        return options;
    }

    /** Those that are on; always the same set. */
    Set<SslMode> modes() {
        return modes;
    }

    /** Puts a context below, as it is at this moment; returns what of it is not kept here. */
    SslCtx.Snapshot put(SslCtx below) {
        SslCtx.Snapshot s = below.snapshot(ssl);
        ctx = below;
        options.clear();
        options.addAll(s.options());
        ownOptions.forEach((o, on) -> turn(options, o, on));
        modes.clear();
        modes.addAll(s.modes());
        ownModes.forEach((m, on) -> turn(modes, m, on));
        config = s.config();
        own.values().forEach(change -> config = change.apply(config));
        config = below.sessions().withIdContext(withModes(modes, with(options, config)));
        return s;
    }

    /** Sets something on the connection itself, in place of what was set there under the same name. */
    void set(String what, UnaryOperator<HandshakeConfig> change) {
        own.remove(what); // the last one set comes last
        own.put(what, change);
        HandshakeConfig next = change.apply(config);
        config = next.verification() == config.verification() && next.sessions() == config.sessions()
                ? next
                : ctx.sessions().withIdContext(next);
    }

    void turn(boolean on, SslOption... which) {
        for (SslOption o : which) {
            ownOptions.put(o, on);
            turn(options, o, on);
        }
        config = with(options, config);
    }

    void turn(boolean on, SslMode... which) {
        for (SslMode m : which) {
            ownModes.put(m, on);
            turn(modes, m, on);
        }
        config = withModes(modes, config);
    }

    private static <T> void turn(Set<T> set, T value, boolean on) {
        if (on) {
            set.add(value);
        } else {
            set.remove(value);
        }
    }

    /** The configuration with what the options say in it. */
    static HandshakeConfig with(Set<SslOption> options, HandshakeConfig c) {
        return c.with(c.extensions()
                        .withMiddleboxCompat(options.contains(SslOption.ENABLE_MIDDLEBOX_COMPAT))
                        .withPadding(options.contains(SslOption.TLSEXT_PADDING)))
                .with(c.ciphers()
                        .withServerPreference(options.contains(SslOption.CIPHER_SERVER_PREFERENCE))
                        .withChachaLikeTheClient(options.contains(SslOption.PRIORITIZE_CHACHA)))
                .with(c.auth().withNamesSent(!options.contains(SslOption.DISABLE_TLSEXT_CA_NAMES)))
                .with(c.ownVersions().withOff(off(options)))
                .with(c.records().withEmptyFragments(!options.contains(SslOption.DONT_INSERT_EMPTY_FRAGMENTS)))
                .with(c.sessions()
                        .withTickets(!options.contains(SslOption.NO_TICKET))
                        .withAllowNoDhe(options.contains(SslOption.ALLOW_NO_DHE_KEX))
                        .withResumedOnRenegotiation(
                                !options.contains(SslOption.NO_SESSION_RESUMPTION_ON_RENEGOTIATION)))
                .with(legacy(options, c.legacy()));
    }

    private static Set<ProtocolVersion> off(Set<SslOption> options) {
        Set<ProtocolVersion> off = EnumSet.noneOf(ProtocolVersion.class);
        turn(off, ProtocolVersion.TLS1_0, options.contains(SslOption.NO_TLSV1));
        turn(off, ProtocolVersion.TLS1_1, options.contains(SslOption.NO_TLSV1_1));
        turn(off, ProtocolVersion.TLS1_2, options.contains(SslOption.NO_TLSV1_2));
        turn(off, ProtocolVersion.TLS1_3, options.contains(SslOption.NO_TLSV1_3));
        return off;
    }

    private static LegacySettings legacy(Set<SslOption> options, LegacySettings l) {
        return l.withExtendedMasterSecret(!options.contains(SslOption.NO_EXTENDED_MASTER_SECRET))
                .withEncryptThenMac(!options.contains(SslOption.NO_ENCRYPT_THEN_MAC))
                .withTickets(!options.contains(SslOption.NO_TICKET))
                .withRenegotiation(!options.contains(SslOption.NO_RENEGOTIATION))
                .withClientRenegotiation(options.contains(SslOption.ALLOW_CLIENT_RENEGOTIATION))
                .withLegacyServerConnect(options.contains(SslOption.LEGACY_SERVER_CONNECT));
    }

    /** The configuration with what the modes say in it. */
    static HandshakeConfig withModes(Set<SslMode> modes, HandshakeConfig c) {
        return c.with(c.legacy().withFallback(modes.contains(SslMode.SEND_FALLBACK_SCSV)));
    }
}
