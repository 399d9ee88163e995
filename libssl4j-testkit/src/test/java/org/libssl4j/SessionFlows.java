// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import static org.libssl4j.Flows.greeting;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.libssl4j.crypto.CryptoPolicy;
import org.libssl4j.crypto.Secret;
import org.libssl4j.crypto.jca.JcaCrypto;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.interop.Identity;
import org.libssl4j.session.SessionState;
import org.libssl4j.session.TicketKey;
import org.libssl4j.session.TicketKeySource;
import org.libssl4j.session.Tickets;
import org.libssl4j.spi.VerifyResult;
import org.libssl4j.testkit.delays.Brake;

/** Sessions that are resumed, by ids and by tickets, with an application that finds sessions and keys. */
final class SessionFlows {
    private static final byte[] KEY = filled(80, 7);
    private static final byte[] ID = filled(32, 5);
    private static final byte[] NOTHING = {};

    private static final Consumer<SslCtx> TLS12 = c -> {
        c.setMaxProtoVersion(ProtocolVersion.TLS1_2);
        c.setCipherList("ECDHE-ECDSA-AES128-GCM-SHA256");
    };

    private static final byte[] TICKET12 = sealed(session12(NOTHING, NOTHING, 0));
    private static final byte[] TICKET13 = sealed(session13(NOTHING));

    private SessionFlows() {}

    static List<Flow> all() {
        return List.of(
                greeting("TLS 1.2: a session that the application finds")
                        .client(TLS12.andThen(c -> c.offer(session12(ID, NOTHING, 0))))
                        .server(TLS12)
                        .clientAsks(SessionFlows::told)
                        .serverAsks(told((s, b) -> s.sessSetGetCb(b.asked(
                                GetSessionCb.class,
                                (ssl, id) -> GetSessionCb.Answer.of(new SslSession(session12(ID, NOTHING, 0))))))),
                greeting("TLS 1.2: a session whose time is over")
                        .client(TLS12.andThen(c -> c.offer(session12(ID, NOTHING, 0))))
                        .server(TLS12.andThen(s -> s.addSession(new SslSession(session12(ID, NOTHING, 7200)))))
                        .serverAsks(SessionFlows::told),
                greeting("TLS 1.2: a ticket whose key the application knows and replaces")
                        .client(TLS12.andThen(c -> c.offer(session12(ID, TICKET12, 0))))
                        .server(TLS12)
                        .clientAsks(SessionFlows::told)
                        .serverAsks(told((s, b) -> s.setTlsextTicketKeyCb(b.asked(TicketKeyCb.class, keys(true))))),
                greeting("a ticket whose key the application knows")
                        .client(c -> c.offer(session13(TICKET13)))
                        .server(s -> s.setNumTickets(2))
                        .clientAsks(SessionFlows::told)
                        .serverAsks(told((s, b) -> s.setTlsextTicketKeyCb(b.asked(TicketKeyCb.class, keys(false))))),
                greeting("a ticket whose key the application does not know")
                        .client(c -> c.offer(session13(filled(200, 9))))
                        .server(s -> s.setNumTickets(2))
                        .serverAsks((s, b) -> s.setTlsextTicketKeyCb(b.asked(TicketKeyCb.class, keys(false)))),
                greeting("a session of TLS 1.3 that the application finds")
                        .client(c -> c.offer(session13(ID)))
                        .server(s -> {
                            s.setOptions(SslOption.NO_TICKET);
                            s.setNumTickets(2);
                        })
                        .serverAsks(told((s, b) -> s.sessSetGetCb(b.asked(
                                GetSessionCb.class,
                                (ssl, id) -> GetSessionCb.Answer.of(new SslSession(session13(NOTHING))))))));
    }

    /** With callbacks that are told of sessions. */
    private static void told(SslCtx c, Brake b) {
        c.setSessionCacheMode(SessionCacheMode.CLIENT, SessionCacheMode.SERVER);
        c.sessSetNewCb(b.asked(NewSessionCb.class, (ssl, s) -> false));
        c.sessSetRemoveCb(b.asked(RemoveSessionCb.class, (ctx, s) -> {}));
    }

    private static BiConsumer<SslCtx, Brake> told(BiConsumer<SslCtx, Brake> more) {
        return more.andThen(SessionFlows::told);
    }

    private static TicketKeyCb keys(boolean renew) {
        return new TicketKeyCb() {
            @Override
            public byte[] sealingKey(Ssl ssl) {
                return KEY;
            }

            @Override
            public Answer openingKey(Ssl ssl, byte[] name) {
                if (name[0] != KEY[0]) {
                    return Answer.NONE;
                }
                return renew ? Answer.useAndRenew(KEY) : Answer.use(KEY);
            }
        };
    }

    private static byte[] sealed(SessionState s) {
        TicketKeySource one = new TicketKeySource() {
            @Override
            public TicketKey sealing() {
                return TicketKey.of(KEY);
            }

            @Override
            public Found find(byte[] name) {
                return Found.NONE;
            }
        };
        return new Tickets(one, JcaCrypto.of(CryptoPolicy.DEFAULT)).seal(s);
    }

    private static SessionState session12(byte[] id, byte[] ticket, long age) {
        return common(
                        SessionState.builder(
                                ProtocolVersion.TLS1_2,
                                CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
                                Secret.of(filled(48, 1))),
                        ticket,
                        age)
                .id(id)
                .extendedMasterSecret(true)
                .build();
    }

    private static SessionState session13(byte[] ticket) {
        return common(
                        SessionState.builder(
                                ProtocolVersion.TLS1_3, CipherSuite.TLS_AES_128_GCM_SHA256, Secret.of(filled(32, 2))),
                        ticket,
                        0)
                .build();
    }

    private static SessionState.Builder common(SessionState.Builder b, byte[] ticket, long age) {
        return b.ticket(ticket, 7200, 1_000_000)
                .idContext(Flow.CONTEXT)
                .created(Flow.CLOCK.instant().minusSeconds(age), 7200)
                .serverName(Identity.HOST)
                .peer(chain(), VerifyResult.OK);
    }

    private static List<byte[]> chain() {
        List<byte[]> ders = new ArrayList<>();
        for (X509Certificate c : Flow.IDENTITY.chain()) {
            try {
                ders.add(c.getEncoded());
            } catch (CertificateEncodingException e) {
                throw new AssertionError(e);
            }
        }
        return ders;
    }

    private static byte[] filled(int length, int value) {
        byte[] b = new byte[length];
        Arrays.fill(b, (byte) value);
        return b;
    }
}
