// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import java.util.List;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.fault.TlsException;
import org.libssl4j.flow.Next;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.message.CertificateRequest13;
import org.libssl4j.message.ext.CertificateAuthorities;
import org.libssl4j.message.ext.ExtensionBlock;
import org.libssl4j.message.ext.SignatureAlgorithms;
import org.libssl4j.message.ext.SignatureAlgorithmsCert;

/** Asks the client for a certificate (RFC 9846 §4.4.2 [8446 4.3.2]). Hands on what the Certificate has to answer. */
final class SendCertificateRequest implements State {
    /**
     * What a Certificate has to answer.
     *
     * @param context what it has to repeat
     * @param extensions the numbers of the extensions that it may have
     */
    record Sent(byte[] context, int[] extensions) {}

    private final byte[] context;
    private final Next<Sent> next;

    /** @param context empty within the handshake */
    SendCertificateRequest(byte[] context, Next<Sent> next) {
        this.context = context;
        this.next = next;
    }

    @Override
    public StateName name() {
        return StateName.SW_CERT_REQ;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        HandshakeConfig config = hs.env().config();
        ExtensionBlock.Builder b = ExtensionBlock.builder();
        b.add(new SignatureAlgorithms(config.acceptedSignatures(false).codes()));
        if (config.certificateSignatures() != null) {
            b.add(new SignatureAlgorithmsCert(config.certificateSignatures().codes()));
        }
        List<byte[]> authorities = config.auth().sent(false);
        if (!authorities.isEmpty()) {
            b.add(new CertificateAuthorities(authorities));
        }
        ExtensionBlock extensions = b.build();
        hs.send(new CertificateRequest13(context, extensions).toMessage());
        return next.then(hs, new Sent(context, extensions.types()));
    }
}
