// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import java.util.List;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.KeyExchange;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.iana.PskMode;
import org.libssl4j.message.ClientHello;
import org.libssl4j.message.ext.EarlyData;
import org.libssl4j.message.ext.ExtensionBlock;
import org.libssl4j.message.ext.KeyShare;
import org.libssl4j.message.ext.PreSharedKey;
import org.libssl4j.message.ext.PskKeyExchangeModes;
import org.libssl4j.message.ext.SignatureAlgorithms;
import org.libssl4j.message.ext.SupportedGroups;
import org.libssl4j.message.ext.SupportedVersions;
import org.libssl4j.negotiate.ClientOffer;
import org.libssl4j.testkit.delays.Op;

/** A client's first state that offers a ticket nobody knows, and early data with it (RFC 9846 §4.3.10 [8446 4.2.10]). */
public final class EarlyDataHello implements State {
    private final ClientFlow13 flow;

    public EarlyDataHello(ClientFlow13 flow) {
        this.flow = flow;
    }

    @Override
    public StateName name() {
        return StateName.BEFORE;
    }

    @Override
    public State run(Handshake hs) {
        HandshakeConfig config = hs.env().config();
        Crypto crypto = hs.env().crypto();
        byte[] random = new byte[32];
        crypto.random(random);
        hs.env().negotiated().clientRandom(random);
        NamedGroup group = config.groups().groups().get(0);
        KeyExchange exchange = hs.env().secrets().own(crypto.keyExchange(group).start());
        ExtensionBlock extensions = ExtensionBlock.builder()
                .add(new SupportedGroups(new int[] {group.code()}))
                .add(new SignatureAlgorithms(config.acceptedSignatures(true).codes()))
                .add(new SupportedVersions.Offer(new int[] {ProtocolVersion.TLS1_3.code()}))
                .add(new PskKeyExchangeModes(new int[] {PskMode.PSK_DHE_KE.code()}))
                .add(new KeyShare.Offer(List.of(new KeyShare.Entry(group.code(), exchange.share()))))
                .add(new EarlyData())
                .add(new PreSharedKey.Offer(
                        List.of(new PreSharedKey.Identity(new byte[100], 1)), List.of(new byte[48])))
                .build();
        ClientHello hello = new ClientHello(
                ProtocolVersion.TLS1_2.code(),
                random,
                new byte[32],
                config.ciphers().suites13().stream().mapToInt(CipherSuite::code).toArray(),
                new byte[] {0},
                extensions);
        return flow.afterOffer(new ClientOffer(hello, List.of(new ClientOffer.Share(group, exchange)), 0));
    }

    /** Records under keys that the server does not have. */
    public static byte[] records(int count, int length) {
        byte[] all = Op.content(count * (5 + length));
        for (int i = 0; i < count; i++) {
            byte[] header = {23, 3, 3, (byte) (length >> 8), (byte) length};
            System.arraycopy(header, 0, all, i * (5 + length), header.length);
        }
        return all;
    }
}
