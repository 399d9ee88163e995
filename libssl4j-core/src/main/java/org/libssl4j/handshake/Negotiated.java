// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.handshake;

import java.security.cert.X509Certificate;
import java.util.List;
import org.libssl4j.config.Credentials.Credential;
import org.libssl4j.crypto.EncodedCertificate;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.iana.SignatureScheme;
import org.libssl4j.keyschedule.Direction;
import org.libssl4j.keyschedule.Epoch;
import org.libssl4j.keyschedule.Exporter;
import org.libssl4j.session.SessionState;
import org.libssl4j.spi.FragmentLength;
import org.libssl4j.spi.VerifyResult;

/** What the handshake has agreed on. Each value is set once; a second set is a bug of ours. Read by getters, never by a state that decides. Not thread-safe. */
public final class Negotiated {
    private ProtocolVersion version;
    private CipherSuite suite;
    private NamedGroup group;
    private byte[] clientRandom;
    private byte[] serverRandom;
    private int clientVersion;
    private PeerOffer peerOffer = PeerOffer.none();
    private byte[] ownFinished;
    private byte[] peerFinished;
    private String serverName;
    private String alpn;
    private FragmentLength maxFragment = FragmentLength.DISABLED;
    private List<EncodedCertificate> peerChain = List.of();
    private List<X509Certificate> verifiedChain = List.of();
    private List<byte[]> peerAuthorities = List.of();
    private boolean postHandshakeAuth;
    private VerifyResult verifyResult = VerifyResult.OK;
    private SignatureScheme peerSignature;
    private SignatureScheme ownSignature;
    private byte[] pskIdentity;
    private byte[] pskIdentityHint;
    private boolean secureRenegotiation;
    private boolean extendedMasterSecret;
    private boolean encryptThenMac;
    private Credential ownCredential;
    private boolean retried;
    private boolean cookieAccepted;
    private Exporter exporter;
    private boolean resumed;
    private SessionState session;
    private boolean complete;
    private Epoch readEpoch = Epoch.INITIAL;
    private Epoch writeEpoch = Epoch.INITIAL;
    private Negotiated before; // of the handshake before, until this one is complete

    /** Of another handshake on the same connection: nothing is agreed on yet but by the one before, whose keys are in use (RFC 5246 §7.4.1.1). */
    static Negotiated after(Negotiated before) {
        Negotiated n = new Negotiated();
        n.before = before;
        n.readEpoch = before.readEpoch;
        n.writeEpoch = before.writeEpoch;
        n.alpn = before.alpn; // RFC 7301 §3.1: it is the connection's, and what is spoken over it does not change
        return n;
    }

    /** The version, or null before it is known. */
    public ProtocolVersion version() {
        return version;
    }

    public void version(ProtocolVersion v) {
        once(version == null, "version");
        version = v;
    }

    /** The cipher suite, or null before it is known. */
    public CipherSuite suite() {
        return suite;
    }

    public void suite(CipherSuite s) {
        once(suite == null, "suite");
        suite = s;
    }

    /** The group of the key exchange, or null. */
    public NamedGroup group() {
        return group;
    }

    public void group(NamedGroup g) {
        once(group == null, "group");
        group = g;
    }

    /** The random of the ClientHello, by which key log lines are found. */
    public byte[] clientRandom() {
        return clientRandom;
    }

    public void clientRandom(byte[] r) {
        once(clientRandom == null, "clientRandom");
        clientRandom = r;
    }

    /** The random of the ServerHello, or null before it is known. */
    public byte[] serverRandom() {
        return serverRandom;
    }

    public void serverRandom(byte[] r) {
        once(serverRandom == null, "serverRandom");
        serverRandom = r;
    }

    /** The legacy_version of the ClientHello; 0 before it is known. */
    public int clientVersion() {
        return clientVersion;
    }

    public void clientVersion(int v) {
        once(clientVersion == 0, "clientVersion");
        clientVersion = v;
    }

    /** What the peer has offered us to choose from, most lately. */
    public PeerOffer peerOffer() {
        return peerOffer;
    }

    public void peerOffer(PeerOffer o) {
        peerOffer = o;
    }

    /** The verify_data that we have sent most lately, or null. */
    public byte[] ownFinished() {
        return ownFinished;
    }

    public void ownFinished(byte[] verifyData) {
        ownFinished = verifyData;
    }

    /** The verify_data that the peer has sent most lately, or null. */
    public byte[] peerFinished() {
        return peerFinished;
    }

    public void peerFinished(byte[] verifyData) {
        peerFinished = verifyData;
    }

    /** The name that the client asked for, or null. */
    public String serverName() {
        return serverName;
    }

    public void serverName(String n) {
        once(serverName == null, "serverName");
        serverName = n;
    }

    /** The application protocol, or null. */
    public String alpn() {
        return alpn;
    }

    public void alpn(String p) {
        once(alpn == null, "alpn");
        alpn = p;
    }

    /** What max_fragment_length has come to. */
    public FragmentLength maxFragment() {
        return maxFragment;
    }

    public void maxFragment(FragmentLength f) {
        once(maxFragment == FragmentLength.DISABLED, "maxFragment");
        maxFragment = f;
    }

    /** The peer's certificates, its own first; empty if it sent none. */
    public List<EncodedCertificate> peerChain() {
        return peerChain;
    }

    public void peerChain(List<EncodedCertificate> chain) {
        once(peerChain.isEmpty(), "peerChain");
        peerChain = List.copyOf(chain);
    }

    /** From the peer's certificate to the anchor; empty where no path holds. */
    public List<X509Certificate> verifiedChain() {
        return verifiedChain;
    }

    public void verifiedChain(List<X509Certificate> chain) {
        verifiedChain = List.copyOf(chain);
    }

    /** After the handshake the peer authenticates itself anew: what it was is forgotten. */
    public void forgetPeer() {
        peerChain = List.of();
        verifiedChain = List.of();
        verifyResult = VerifyResult.OK;
        peerSignature = null;
    }

    /** Names of authorities that the peer would take, in DER; of the newest request. */
    public List<byte[]> peerAuthorities() {
        return peerAuthorities;
    }

    public void peerAuthorities(List<byte[]> names) {
        peerAuthorities = List.copyOf(names);
    }

    /** Whether the client may be asked for its certificate after the handshake. */
    public boolean postHandshakeAuth() {
        return postHandshakeAuth;
    }

    public void postHandshakeAuth(boolean offered) {
        postHandshakeAuth = offered;
    }

    /** What verification said of the peer; OK if there was nothing to verify, as SSL_get_verify_result(3) has it. */
    public VerifyResult verifyResult() {
        return verifyResult;
    }

    /** Set again only by a verification that was asked again. If it is in a later handshake, and bad, the one before, which is what is shown, has it too: who asks why the connection has failed wants to know. */
    public void verifyResult(VerifyResult r) {
        verifyResult = r;
        if (before != null && r != VerifyResult.OK) {
            before.verifyResult = r;
        }
    }

    /** The scheme of the peer's signature, or null. */
    public SignatureScheme peerSignature() {
        return peerSignature;
    }

    public void peerSignature(SignatureScheme s) {
        once(peerSignature == null, "peerSignature");
        peerSignature = s;
    }

    /** The scheme of our signature, or null. */
    public SignatureScheme ownSignature() {
        return ownSignature;
    }

    public void ownSignature(SignatureScheme s) {
        once(ownSignature == null || complete, "ownSignature"); // one for each answer after the handshake
        ownSignature = s;
    }

    /** Whether both sides know renegotiation_info (RFC 5746; SSL_get_secure_renegotiation_support(3)). */
    public boolean secureRenegotiation() {
        return secureRenegotiation;
    }

    public void secureRenegotiation(boolean s) {
        secureRenegotiation = s;
    }

    /** Whether the master secret is bound to the handshake (RFC 7627; SSL_get_extms_support(3)); only before TLS 1.3, where all secrets are. */
    public boolean extendedMasterSecret() {
        return extendedMasterSecret;
    }

    public void extendedMasterSecret(boolean e) {
        extendedMasterSecret = e;
    }

    /** By which name the client has its pre-shared key (RFC 4279 §2), as soon as it is known; null without one. */
    public byte[] pskIdentity() {
        return pskIdentity;
    }

    public void pskIdentity(byte[] i) {
        once(pskIdentity == null, "pskIdentity");
        pskIdentity = i;
    }

    /** What the server has said to help the client choose it; null for nothing. */
    public byte[] pskIdentityHint() {
        return pskIdentityHint;
    }

    public void pskIdentityHint(byte[] h) {
        once(pskIdentityHint == null, "pskIdentityHint");
        pskIdentityHint = h;
    }

    /** Whether records with CBC are encrypted first (RFC 7366). */
    public boolean encryptThenMac() {
        return encryptThenMac;
    }

    public void encryptThenMac(boolean e) {
        encryptThenMac = e;
    }

    /** The certificate that was chosen to be shown, with its key; null if none was. */
    public Credential ownCredential() {
        return ownCredential;
    }

    public void ownCredential(Credential c) {
        once(ownCredential == null || complete, "ownCredential"); // one for each answer after the handshake
        ownCredential = c;
    }

    /** Whether there was a HelloRetryRequest. */
    public boolean retried() {
        return retried;
    }

    public void helloRetryRequest() {
        once(!retried, "retried");
        retried = true;
    }

    /** Whether the client brought back our cookie (SSL_stateless(3)). */
    public boolean cookieAccepted() {
        return cookieAccepted;
    }

    public void acceptCookie() {
        once(!cookieAccepted, "cookieAccepted");
        cookieAccepted = true;
    }

    /** Makes keying material for the application; null before the server's Finished. */
    public Exporter exporter() {
        return exporter;
    }

    public void exporter(Exporter e) {
        once(exporter == null, "exporter");
        exporter = e;
    }

    /** Whether an earlier session was resumed (SSL_session_reused(3)). */
    public boolean resumed() {
        return resumed;
    }

    public void resume() {
        once(!resumed, "resumed");
        resumed = true;
    }

    /** What may be kept of this connection; null before the handshake has made it. The connection wipes its secret. */
    public SessionState session() {
        return session;
    }

    /** Takes over; the one before is wiped. */
    public void session(SessionState s) {
        if (session != null) {
            session.close();
        }
        session = s;
    }

    /** Whether the handshake is over and well. */
    public boolean complete() {
        return complete;
    }

    public void completed() {
        once(!complete, "complete");
        complete = true;
        if (before != null) {
            before.session(null); // the session of the connection is this handshake's from now on
            before = null;
        }
    }

    /** Whose keys protect what we read. */
    public Epoch readEpoch() {
        return readEpoch;
    }

    /** Whose keys protect what we write. */
    public Epoch writeEpoch() {
        return writeEpoch;
    }

    void epoch(Direction d, Epoch e) {
        if (d == Direction.READ) {
            readEpoch = e;
        } else {
            writeEpoch = e;
        }
    }

    private static void once(boolean unset, String what) {
        if (!unset) {
            throw new IllegalStateException(what + " is set already");
        }
    }
}
