// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow;

import java.security.GeneralSecurityException;
import java.util.List;
import org.libssl4j.config.CertificateSource;
import org.libssl4j.config.CertificateSource.Answer;
import org.libssl4j.config.Credentials.Credential;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.Role;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.handshake.Want;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.negotiate.PeerSignatures;
import org.libssl4j.negotiate.SignatureChoice;

/**
 * Chooses the certificate that we show, and how we sign (RFC 9846 §4.5.1.2 [8446 4.4.2.2]), after the user had a chance to set it: SSL_CTX_set_cert_cb(3), SSL_CTX_set_client_cert_cb(3). Either may answer "later". Hands on null for a client that shows none.
 */
public final class ChooseCertificate implements State {
    /** What a version's peer has said of certificates, and the choice by that. */
    @FunctionalInterface
    public interface Chooser {
        /** The choice; null if a client has none to make. */
        SignatureChoice choose(HandshakeConfig config) throws TlsException;

        /** A server's of TLS 1.3. */
        static Chooser ofServer13(PeerSignatures peer) {
            return config -> SignatureChoice.forServer(config, peer);
        }

        /** A client's of TLS 1.3. */
        static Chooser ofClient13(PeerSignatures peer) {
            return config -> SignatureChoice.forClient(config, peer);
        }
    }

    private final StateName name;
    private final Chooser chooser;
    private final Next<SignatureChoice> next;
    private boolean asked; // and answered: what is set is set

    public ChooseCertificate(StateName name, Chooser chooser, Next<SignatureChoice> next) {
        this.name = name;
        this.chooser = chooser;
        this.next = next;
    }

    @Override
    public StateName name() {
        return name;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        boolean client = hs.env().role() == Role.CLIENT;
        CertificateSource first = hs.env().config().callbacks().certificate();
        if (!asked && first != null) {
            if (ask(first, client) == Answer.LATER) {
                return hs.park(Want.X509_LOOKUP, this);
            }
        }
        asked = true;
        if (!client) {
            return chosen(hs, chooser.choose(hs.env().config()));
        }
        CertificateSource last = hs.env().config().callbacks().clientCertificate();
        SignatureChoice choice = chooser.choose(hs.env().config());
        if (choice == null && last != null) {
            if (askLast(last) == Answer.LATER) {
                return hs.park(Want.X509_LOOKUP, this);
            }
            choice = chooser.choose(hs.env().config()); // it may be another one now
        }
        checkNeeded(choice, hs.env().config());
        return chosen(hs, choice);
    }

    private static void checkNeeded(SignatureChoice choice, HandshakeConfig config) throws TlsException {
        List<Credential> own = config.credentials().all();
        // RFC 9846 §4.5.1 [8446 4.4.2], RFC 5246 §7.4.6: without one that fits, the Certificate is empty; unless the
        // user rather has no connection.
        if (choice == null && config.auth().ownNeeded() && !own.isEmpty()) {
            throw new TlsException(
                    AlertDescription.HANDSHAKE_FAILURE,
                    Reason.NO_SUITABLE_SIGNATURE_ALGORITHM,
                    "a CertificateRequest that none of our keys can answer: " + own);
        }
    }

    private State chosen(Handshake hs, SignatureChoice choice) throws TlsException {
        if (choice != null) {
            hs.env().negotiated().ownCredential(choice.credential());
        }
        return next.then(hs, choice);
    }

    private static Answer ask(CertificateSource source, boolean client) throws TlsException {
        Reason reason = client ? Reason.CALLBACK_FAILED : Reason.CERT_CB_ERROR;
        try {
            Answer a = source.ask();
            if (a == Answer.NONE) {
                throw new TlsException(AlertDescription.INTERNAL_ERROR, reason, "the certificate callback has failed");
            }
            return a;
        } catch (GeneralSecurityException e) {
            throw new TlsException(AlertDescription.INTERNAL_ERROR, reason, "the certificate callback: " + e, e);
        }
    }

    private static Answer askLast(CertificateSource source) {
        try {
            return source.ask();
        } catch (GeneralSecurityException e) {
            return Answer.NONE; // as OpenSSL: what does not fit together is no certificate
        }
    }
}
