// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.libssl4j.config.GroupList;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.config.PskSettings;
import org.libssl4j.config.PskSource;
import org.libssl4j.crypto.Secret;
import org.libssl4j.flow13.Kinds;
import org.libssl4j.flow13.Walk;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.message.HelloRequest;
import org.libssl4j.message.NewSessionTicket12;
import org.libssl4j.spi.VerifyMode;

/** The kinds of connection that TLS 1.2 and before have, one for each order of messages. */
final class Walks12 {
    private Walks12() {}

    static final List<ProtocolVersion> VERSIONS =
            List.of(ProtocolVersion.TLS1_2, ProtocolVersion.TLS1_1, ProtocolVersion.TLS1_0);

    /** All there are in each version: each state that reads is met by one of them. */
    static List<Walk.Variant> variants() {
        return VERSIONS.stream()
                .flatMap(v -> ofTls12().stream().map(w -> at(v, w)))
                .toList();
    }

    private static Walk.Variant at(ProtocolVersion v, Walk.Variant w) {
        return variant(w.name() + " in " + v.text(), Configs12.at(v, w.client()), Configs12.at(v, w.server()));
    }

    private static List<Walk.Variant> ofTls12() {
        HandshakeConfig shows = Configs12.client().with(Configs12.credentials());
        return List.of(
                variant("ECDHE", Configs12.client(), Configs12.server()),
                variant("DHE", field(Configs12::client), field(Configs12::server)),
                variant(
                        "RSA",
                        Configs12.client(CipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256),
                        Configs12.server(CipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256)),
                variant("client shows a certificate", shows, asking()),
                variant("client has no certificate", Configs12.client(), asking()),
                preShared("PSK", CipherSuite.TLS_PSK_WITH_AES_128_GCM_SHA256, null),
                preShared("PSK with a hint", CipherSuite.TLS_PSK_WITH_AES_128_GCM_SHA256, new byte[] {1, 2}),
                preShared("ECDHE_PSK", CipherSuite.TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256, null),
                variant("a ticket", Configs12.client(), Sessions12.server(false)),
                variant("resumption", Sessions12.client(), Sessions12.server(false)),
                variant("resumption with a new ticket", Sessions12.client(), Sessions12.server(true)));
    }

    /** A server that asks for a certificate. */
    static HandshakeConfig asking() {
        HandshakeConfig c = Configs12.server();
        return c.with(c.verification().with(VerifyMode.PEER));
    }

    interface Maker {
        HandshakeConfig of(CipherSuite... suites);
    }

    /** A configuration that does Diffie-Hellman in a field of RFC 7919. */
    static HandshakeConfig field(Maker side) {
        HandshakeConfig c = side.of(CipherSuite.TLS_DHE_RSA_WITH_AES_128_GCM_SHA256)
                .with(new GroupList(List.of(NamedGroup.FFDHE2048)));
        return c.with(c.legacy().withDhAuto(true));
    }

    private static Walk.Variant preShared(String name, CipherSuite suite, byte[] hint) {
        return variant(
                name,
                Configs12.client(suite)
                        .with(PskSettings.NONE.withClient(h -> PskSource.Answer.of(new byte[] {'u', 's'}, key()))),
                Configs12.server(suite)
                        .with(PskSettings.NONE
                                .withServer(identity -> PskSource.Answer.of(null, key()))
                                .withHint(hint)));
    }

    private static Secret key() {
        return Secret.of(new byte[] {7, 7, 7, 7});
    }

    private static Walk.Variant variant(String name, HandshakeConfig client, HandshakeConfig server) {
        return new Walk.Variant(name, client, server, List.of());
    }

    /** A message of every kind there is, by name: those of TLS 1.2 out of real connections, and what else TLS 1.3 has or nobody. */
    static Map<String, HandshakeMessage> kinds() {
        Map<String, HandshakeMessage> kinds = new LinkedHashMap<>();
        for (Walk.Variant v : variants()) {
            for (Walk.Step s : Walk.all(v)) {
                kinds.putIfAbsent(Kinds.kind(s.message()), s.message());
            }
        }
        kinds.put("new_session_ticket", new NewSessionTicket12(300, new byte[] {1, 2, 3}).toMessage());
        kinds.put("hello_request", new HelloRequest().toMessage());
        Kinds.all().forEach((name, m) -> kinds.put(kinds.containsKey(name) ? name + " of TLS 1.3" : name, m));
        return kinds;
    }
}
