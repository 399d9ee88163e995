// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.session;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.libssl4j.crypto.Secret;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.spi.FragmentLength;
import org.libssl4j.spi.VerifyResult;

/**
 * All that is kept of a connection so that another one may resume it (RFC 5246 §F.1.4, RFC 9846 §2.2): what SSL_SESSION holds. Immutable but for the secret, which {@link #close()} wipes: whoever keeps a session keeps a {@link #copy()} of his own, and closes that one.
 *
 * <p>Arrays are not to be changed. Thread-safe, unless one thread closes it while another uses its secret.
 */
public final class SessionState implements AutoCloseable {
    private static final byte[] NOTHING = {};

    private final ProtocolVersion version;
    private final CipherSuite suite;
    private final Secret secret;
    private final byte[] id;
    private final byte[] idContext;
    private final byte[] ticket;
    private final long lifetimeHint;
    private final long ageAdd;
    private final Instant created;
    private final long timeout;
    private final List<byte[]> peerChain;
    private final VerifyResult verifyResult;
    private final String serverName;
    private final String alpn;
    private final FragmentLength maxFragment;
    private final boolean extendedMasterSecret;
    private final long maxEarlyData;
    private final int group;
    private final byte[] pskIdentity;
    private final byte[] pskIdentityHint;
    private final byte[] appData;
    private final boolean external;

    private SessionState(Builder b, Secret secret) {
        this.version = b.version;
        this.suite = b.suite;
        this.secret = secret;
        this.id = b.id;
        this.idContext = b.idContext;
        this.ticket = b.ticket;
        this.lifetimeHint = b.lifetimeHint;
        this.ageAdd = b.ageAdd;
        this.created = b.created;
        this.timeout = b.timeout;
        this.peerChain = b.peerChain;
        this.verifyResult = b.verifyResult;
        this.serverName = b.serverName;
        this.alpn = b.alpn;
        this.maxFragment = b.maxFragment;
        this.extendedMasterSecret = b.extendedMasterSecret;
        this.maxEarlyData = b.maxEarlyData;
        this.group = b.group;
        this.pskIdentity = b.pskIdentity;
        this.pskIdentityHint = b.pskIdentityHint;
        this.appData = b.appData;
        this.external = b.external;
    }

    /**
     * Begins a session.
     *
     * @param secret is copied by {@link Builder#build()} and stays the caller's
     */
    public static Builder builder(ProtocolVersion version, CipherSuite suite, Secret secret) {
        return new Builder(version, suite, secret);
    }

    /** Begins one that is as this is, but for what is set; this one has to be open until it is built. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Another one with a secret of its own. */
    public SessionState copy() {
        return toBuilder().build();
    }

    public ProtocolVersion version() {
        return version;
    }

    public CipherSuite suite() {
        return suite;
    }

    /** The master secret; in TLS 1.3 the pre-shared key of this ticket. It is closed with the session. */
    public Secret secret() {
        return secret;
    }

    /** The session id: what the server named it, or, where a ticket resumes, what a client made up for it; up to 32 bytes, empty for none. */
    public byte[] id() {
        return id;
    }

    /** Which of a server's configurations it belongs to (SSL_CTX_set_session_id_context(3)); up to 32 bytes. */
    public byte[] idContext() {
        return idContext;
    }

    /** What the server gave a client to bring back; empty for none. */
    public byte[] ticket() {
        return ticket;
    }

    /** How many seconds the server has said that the ticket holds; 0 where it did not say. */
    public long lifetimeHint() {
        return lifetimeHint;
    }

    /** What is added to the ticket's age to hide it (RFC 9846 §4.7.1). */
    public long ageAdd() {
        return ageAdd;
    }

    /** When it was made: at a client, when its ticket came. */
    public Instant created() {
        return created;
    }

    /** How many seconds after that it may be resumed. */
    public long timeout() {
        return timeout;
    }

    /** Whether it may not be resumed any more: its time, or what the server gave its ticket, is over. Nor may one that is of the future. */
    public boolean expired(Instant now) {
        long age = now.getEpochSecond() - created.getEpochSecond();
        return age < 0 || age >= timeout || lifetimeHint > 0 && age >= lifetimeHint;
    }

    /** The peer's certificates in DER, its own first; empty if it showed none. */
    public List<byte[]> peerChain() {
        return peerChain;
    }

    /** What verification said of them. */
    public VerifyResult verifyResult() {
        return verifyResult;
    }

    /** The name that the client asked for, or null. */
    public String serverName() {
        return serverName;
    }

    /** The application protocol, or null. */
    public String alpn() {
        return alpn;
    }

    /** What max_fragment_length had come to. */
    public FragmentLength maxFragment() {
        return maxFragment;
    }

    /** Whether the master secret is bound to its handshake (RFC 7627); false in TLS 1.3, which has no such extension. */
    public boolean extendedMasterSecret() {
        return extendedMasterSecret;
    }

    /** Bytes of early data that the server takes with it; 0 for none. */
    public long maxEarlyData() {
        return maxEarlyData;
    }

    /** By which name the client had its pre-shared key before TLS 1.3 (RFC 4279); null without one. */
    public byte[] pskIdentity() {
        return pskIdentity;
    }

    /** What the server said to help the client choose that name; null if it said nothing. */
    public byte[] pskIdentityHint() {
        return pskIdentityHint;
    }

    /** The group of the key exchange, by its number; 0 for none. */
    public int group() {
        return group;
    }

    /** What the server's application keeps in a ticket (SSL_SESSION_set1_ticket_appdata(3)). */
    public byte[] appData() {
        return appData;
    }

    /** Whether this is no session of TLS at all but a key that the application has agreed on in its own way (RFC 9846 §4.3.11): binders tell the two apart. */
    public boolean external() {
        return external;
    }

    /** Whether there is something to resume it by. */
    public boolean resumable() {
        return external || ticket.length > 0 || id.length > 0;
    }

    /** Wipes the secret. Closing again does nothing. */
    @Override
    public void close() {
        secret.close();
    }

    @Override
    public String toString() {
        return "session of " + version.text() + ", " + suite + ", id of " + id.length + " bytes, ticket of "
                + ticket.length + " bytes, made " + created;
    }

    /** Puts one together; what is not set is empty. Not thread-safe. */
    public static final class Builder {
        private final ProtocolVersion version;
        private final CipherSuite suite;
        private final Secret secret;
        private byte[] id = NOTHING;
        private byte[] idContext = NOTHING;
        private byte[] ticket = NOTHING;
        private long lifetimeHint;
        private long ageAdd;
        private Instant created = Instant.EPOCH;
        private long timeout;
        private List<byte[]> peerChain = List.of();
        private VerifyResult verifyResult = VerifyResult.OK;
        private String serverName;
        private String alpn;
        private FragmentLength maxFragment = FragmentLength.DISABLED;
        private boolean extendedMasterSecret;
        private long maxEarlyData;
        private int group;
        private byte[] pskIdentity;
        private byte[] pskIdentityHint;
        private byte[] appData = NOTHING;
        private boolean external;

        private Builder(ProtocolVersion version, CipherSuite suite, Secret secret) {
            this.version = Objects.requireNonNull(version, "version");
            this.suite = Objects.requireNonNull(suite, "suite");
            this.secret = Objects.requireNonNull(secret, "secret");
        }

        private Builder(SessionState s) {
            this(s.version, s.suite, s.secret);
            id = s.id;
            idContext = s.idContext;
            ticket = s.ticket;
            lifetimeHint = s.lifetimeHint;
            ageAdd = s.ageAdd;
            created = s.created;
            timeout = s.timeout;
            peerChain = s.peerChain;
            verifyResult = s.verifyResult;
            serverName = s.serverName;
            alpn = s.alpn;
            maxFragment = s.maxFragment;
            extendedMasterSecret = s.extendedMasterSecret;
            maxEarlyData = s.maxEarlyData;
            group = s.group;
            pskIdentity = s.pskIdentity;
            pskIdentityHint = s.pskIdentityHint;
            appData = s.appData;
            external = s.external;
        }

        public Builder id(byte[] i) {
            id = i;
            return this;
        }

        public Builder idContext(byte[] c) {
            idContext = c;
            return this;
        }

        /**
         * What a server gave.
         *
         * @param hint how many seconds it holds; 0 where the server did not say
         * @param add see {@link SessionState#ageAdd()}
         */
        public Builder ticket(byte[] t, long hint, long add) {
            ticket = t;
            lifetimeHint = hint;
            ageAdd = add;
            return this;
        }

        /** @param seconds how long it may be resumed from then on */
        public Builder created(Instant when, long seconds) {
            created = when;
            timeout = seconds;
            return this;
        }

        public Builder peer(List<byte[]> chain, VerifyResult result) {
            peerChain = List.copyOf(chain);
            verifyResult = result;
            return this;
        }

        public Builder serverName(String n) {
            serverName = n;
            return this;
        }

        public Builder alpn(String p) {
            alpn = p;
            return this;
        }

        public Builder maxFragment(FragmentLength f) {
            maxFragment = f;
            return this;
        }

        public Builder extendedMasterSecret(boolean e) {
            extendedMasterSecret = e;
            return this;
        }

        public Builder maxEarlyData(long bytes) {
            maxEarlyData = bytes;
            return this;
        }

        public Builder pskIdentity(byte[] i) {
            pskIdentity = i;
            return this;
        }

        public Builder pskIdentityHint(byte[] h) {
            pskIdentityHint = h;
            return this;
        }

        /** @param number of the group; 0 for none */
        public Builder group(int number) {
            group = number;
            return this;
        }

        public Builder appData(byte[] d) {
            appData = d;
            return this;
        }

        public Builder external() {
            external = true;
            return this;
        }

        /** The session, with a copy of the secret. */
        public SessionState build() {
            return new SessionState(this, Secret.of(secret.getEncoded()));
        }
    }
}
