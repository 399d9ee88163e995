// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.config.SessionSettings;
import org.libssl4j.config.TrustAnchors;
import org.libssl4j.config.Verification;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.Hash;
import org.libssl4j.iana.HashAlgorithm;
import org.libssl4j.session.SessionCache;
import org.libssl4j.session.SessionState;
import org.libssl4j.session.TicketKeySource;
import org.libssl4j.session.TicketKeys;
import org.libssl4j.session.Tickets;
import org.libssl4j.spi.VerifyMode;
import org.libssl4j.wire.WireWriter;

/**
 * The sessions of a context: where they are kept, who is asked for them, which keys their tickets have, and how many there were. Thread-safe without a lock of its own: what connections use of it is read from volatile fields.
 */
final class CtxSessions {
    private static final int AUTO_CLEAR = 0xff;

    private final SslCtx ctx;
    private final Crypto crypto;
    private final SessionCache cache = new SessionCache(this::tellOfRemoval);
    private final byte[] own = new byte[SessionSettings.MAX_ID]; // what no other context has

    private volatile Set<SessionCacheMode> modes = EnumSet.of(SessionCacheMode.SERVER);
    private volatile NewSessionCb newCb;
    private volatile GetSessionCb getCb;
    private volatile RemoveSessionCb removeCb;
    private volatile TicketKeyCb keyCb;
    private volatile TicketKeys keys;
    private volatile Digest digest; // of the anchors that were asked for last

    private record Digest(TrustAnchors of, byte[] value) {}

    // What SSL_CTX_sess_number(3) counts.
    final LongAdder connects = new LongAdder();
    final LongAdder connectsGood = new LongAdder();
    final LongAdder accepts = new LongAdder();
    final LongAdder acceptsGood = new LongAdder();
    final LongAdder hits = new LongAdder();
    final LongAdder callbackHits = new LongAdder();
    final LongAdder misses = new LongAdder();
    final LongAdder timeouts = new LongAdder();
    final LongAdder cacheFull = new LongAdder();
    private final LongAdder added = new LongAdder();

    CtxSessions(SslCtx ctx, Crypto crypto) {
        this.ctx = ctx;
        this.crypto = crypto;
        this.keys = new TicketKeys(crypto);
        crypto.random(own);
    }

    // ---- settings --------------------------------------------------------------------------------------------------

    Set<SessionCacheMode> modes() {
        return EnumSet.copyOf(modes);
    }

    boolean has(SessionCacheMode m) {
        return modes.contains(m);
    }

    /** Returns those before. */
    Set<SessionCacheMode> setModes(SessionCacheMode... which) {
        Set<SessionCacheMode> before = modes;
        Set<SessionCacheMode> next = EnumSet.noneOf(SessionCacheMode.class);
        next.addAll(Arrays.asList(which));
        modes = next;
        return before;
    }

    void setNewCb(NewSessionCb cb) {
        newCb = cb;
    }

    NewSessionCb newCb() {
        return newCb;
    }

    void setGetCb(GetSessionCb cb) {
        getCb = cb;
    }

    GetSessionCb getCb() {
        return getCb;
    }

    void setRemoveCb(RemoveSessionCb cb) {
        removeCb = cb;
    }

    RemoveSessionCb removeCb() {
        return removeCb;
    }

    void setKeyCb(TicketKeyCb cb) {
        keyCb = cb;
    }

    void setKeys(TicketKeys k) {
        keys = Objects.requireNonNull(k);
    }

    TicketKeys keys() {
        return keys;
    }

    SessionCache cache() {
        return cache;
    }

    // ---- the cache -------------------------------------------------------------------------------------------------

    /** Keeps a copy; false if it cannot be kept. */
    boolean add(SessionState s, Instant now) {
        int gone = cache.add(s);
        if (gone > 0) {
            cacheFull.add(gone);
        }
        added.increment();
        if ((added.sum() & AUTO_CLEAR) == AUTO_CLEAR && !has(SessionCacheMode.NO_AUTO_CLEAR)) {
            cache.flush(now);
        }
        return gone >= 0;
    }

    /** Whether there was such a session. The callback is told in any case: it may have one that the cache has lost. */
    boolean remove(SessionState s) {
        boolean was = s.id().length > 0 && cache.remove(s.id());
        if (!was) {
            tellOfRemoval(s);
        }
        return was;
    }

    private void tellOfRemoval(SessionState s) {
        RemoveSessionCb cb = removeCb;
        if (cb != null) {
            try (SslSession copy = new SslSession(s.copy())) {
                cb.removeSession(ctx, copy);
            }
        }
    }

    // ---- for connections -------------------------------------------------------------------------------------------

    /** The configuration with what of this a connection has. */
    HandshakeConfig bound(HandshakeConfig c, Ssl ssl) {
        return c.with(c.sessions().withStore(new OwnStore(this, ssl)).withSealer(sealer(ssl)));
    }

    private Tickets sealer(Ssl ssl) {
        TicketKeyCb cb = keyCb;
        TicketKeySource source =
                cb != null ? new AskedKeys(cb, ssl) : keys.by(() -> ssl.config().clock());
        return new Tickets(source, crypto);
    }

    /**
     * The configuration with the session id context that follows from it, where none is set: servers that judge clients differently do not resume each other's sessions, or a client would be taken over from one who trusts it to one who does not. It is the same on all servers that are configured alike; but where a callback judges, nobody can tell from outside whether another one does the same, and it is this context's own.
     */
    HandshakeConfig withIdContext(HandshakeConfig c) {
        if (c.sessions().idContextGiven()) {
            return c;
        }
        Verification v = c.verification();
        VerifyMode mode = v.modeFor(false);
        if (mode == VerifyMode.NONE) {
            return c.with(c.sessions().withDerivedIdContext(new byte[0]));
        }
        WireWriter w = new WireWriter(128);
        w.u8(mode.ordinal()).u32(v.depth()).bytes(digest(v.anchors()));
        if (v.callback() != null || v.replacement() != null) {
            w.bytes(own);
        }
        return c.with(c.sessions().withDerivedIdContext(sha256(w.toByteArray())));
    }

    private byte[] digest(TrustAnchors anchors) {
        Digest d = digest;
        if (d == null || d.of() != anchors) {
            byte[][] ders = anchors.certificates().stream()
                    .map(CtxSessions::encoded)
                    .sorted(Arrays::compareUnsigned)
                    .toArray(byte[][]::new);
            d = new Digest(anchors, sha256(ders));
            digest = d;
        }
        return d.value();
    }

    private static byte[] encoded(X509Certificate c) {
        try {
            return c.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate without its bytes", e);
        }
    }

    private byte[] sha256(byte[]... parts) {
        Hash h = crypto.hash(HashAlgorithm.SHA256);
        for (byte[] p : parts) {
            h.update(p, 0, p.length);
        }
        return h.digest();
    }
}
