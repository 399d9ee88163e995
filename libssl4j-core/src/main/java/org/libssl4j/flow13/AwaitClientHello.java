// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import java.util.Arrays;
import java.util.List;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Env;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.Negotiated;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.handshake.Want;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.message.ClientHello;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.message.ext.Alpn;
import org.libssl4j.message.ext.CertificateAuthorities;
import org.libssl4j.message.ext.Place;
import org.libssl4j.message.ext.PostHandshakeAuth;
import org.libssl4j.message.ext.PreSharedKey;
import org.libssl4j.message.ext.PskKeyExchangeModes;
import org.libssl4j.message.ext.ServerName;
import org.libssl4j.negotiate.AlpnChoice;
import org.libssl4j.negotiate.GroupChoice;
import org.libssl4j.negotiate.PeerSignatures;
import org.libssl4j.negotiate.SuiteChoice;
import org.libssl4j.negotiate.VersionChoice;

/** Reads a ClientHello, the first or the one after a HelloRetryRequest, and chooses (RFC 9846 §4.2.1, §4.2.2 [8446 4.1.1, 4.1.2]); for servers the point where versions part. */
final class AwaitClientHello implements State {
    private final ServerFlow13 flow;
    private final ServerChoice asked;

    /** @param asked what the HelloRetryRequest asked for; null for the first ClientHello */
    AwaitClientHello(ServerFlow13 flow, ServerChoice asked) {
        this.flow = flow;
        this.asked = asked;
    }

    @Override
    public StateName name() {
        return asked == null ? StateName.BEFORE : StateName.SR_CLNT_HELLO;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        HandshakeMessage m = hs.peek(HandshakeType.CLIENT_HELLO);
        if (m == null) {
            return hs.park(Want.READ, this);
        }
        Env env = hs.env();
        ClientHello hello = m.parse(ClientHello::read);
        ProtocolVersion version = VersionChoice.forServer(hello, env.config().versions());
        hello.extensions().check(Place.CLIENT_HELLO);
        // RFC 9846 §4.2.2 [8446 4.1.2]: no compression, and nothing beside it.
        if (hello.compressionMethods().length != 1 || hello.compressionMethods()[0] != 0) {
            throw new TlsException(
                    AlertDescription.ILLEGAL_PARAMETER,
                    Reason.INVALID_COMPRESSION_ALGORITHM,
                    "a ClientHello with " + hello.compressionMethods().length
                            + " compression methods; the null one alone is allowed");
        }
        checkPsk(hello);
        ServerName name = hello.extensions().get(ExtensionType.SERVER_NAME, ServerName::read);
        CertificateAuthorities authorities =
                hello.extensions().get(ExtensionType.CERTIFICATE_AUTHORITIES, CertificateAuthorities::read);
        hello.extensions().get(ExtensionType.POST_HANDSHAKE_AUTH, PostHandshakeAuth::read);
        ServerChoice choice = choose(hello, env.config());
        boolean earlyData = hello.extensions().has(ExtensionType.EARLY_DATA);
        // RFC 9846 §4.3.10 [8446 4.2.10]: no early data with the answer to a HelloRetryRequest.
        if (earlyData && asked != null) {
            throw new TlsException(
                    AlertDescription.ILLEGAL_PARAMETER, Reason.BAD_EXTENSION, "a second ClientHello with early_data");
        }
        hs.commit(m);
        if (earlyData) {
            hs.skipEarlyData(); // it is not taken, since no ticket of ours allows it
        }
        note(env, version, choice, name, authorities == null ? List.of() : authorities.authorities());
        return choice.group().share() == null
                ? flow.afterShareIsLacking(choice)
                : flow.afterClientHello(
                        choice, env.crypto().keyExchange(choice.group().group()));
    }

    // No PSK is taken, yet what offers one has to have its form: a server that takes them refuses the same ClientHello.
    private static void checkPsk(ClientHello hello) throws TlsException {
        PreSharedKey.Offer psk = hello.extensions().get(ExtensionType.PRE_SHARED_KEY, PreSharedKey.Offer::read);
        PskKeyExchangeModes modes =
                hello.extensions().get(ExtensionType.PSK_KEY_EXCHANGE_MODES, PskKeyExchangeModes::read);
        // RFC 9846 §4.3.9 [8446 4.2.9]: who offers a PSK has to say how it may be used.
        if (psk != null && modes == null) {
            throw new TlsException(
                    AlertDescription.MISSING_EXTENSION,
                    Reason.MISSING_PSK_KEX_MODES_EXTENSION,
                    "a ClientHello with pre_shared_key and without psk_key_exchange_modes");
        }
    }

    private ServerChoice choose(ClientHello hello, HandshakeConfig config) throws TlsException {
        CipherSuite suite = SuiteChoice.forServer(hello, config.ciphers());
        GroupChoice group = GroupChoice.forServer(hello, config.groups());
        if (asked != null) {
            checkAgain(hello, suite, group);
        }
        PeerSignatures peer = PeerSignatures.of(hello.extensions());
        // RFC 9846 §9.2: a server that shows a certificate has to be told which signatures are understood.
        if (peer == null) {
            throw new TlsException(
                    AlertDescription.MISSING_EXTENSION,
                    Reason.MISSING_SIGALGS_EXTENSION,
                    "a ClientHello without signature_algorithms");
        }
        if (asked != null) {
            return new ServerChoice(hello, suite, group, peer, null, asked.alpn(), true);
        }
        Alpn offered = hello.extensions().get(ExtensionType.APPLICATION_LAYER_PROTOCOL_NEGOTIATION, Alpn::read);
        String alpn = AlpnChoice.forServer(offered, config.extensions().alpnSelect());
        return new ServerChoice(hello, suite, group, peer, null, alpn, false);
    }

    // RFC 9846 §4.2.2 [8446 4.1.2], §4.2.4 [8446 4.1.4]: the second ClientHello is the first with the share that was
    // asked for, and little else changed.
    private void checkAgain(ClientHello hello, CipherSuite suite, GroupChoice group) throws TlsException {
        if (!sameHello(asked.hello(), hello) || suite != asked.suite()) {
            throw new TlsException(
                    AlertDescription.ILLEGAL_PARAMETER,
                    Reason.BAD_CIPHER,
                    "a second ClientHello with another random, session id or cipher suites than the first");
        }
        if (group.group() != asked.group().group() || group.share() == null) {
            throw new TlsException(
                    AlertDescription.ILLEGAL_PARAMETER,
                    Reason.BAD_KEY_SHARE,
                    "a second ClientHello without the share of "
                            + asked.group().group().ianaName() + " that was asked for");
        }
    }

    private void note(
            Env env, ProtocolVersion version, ServerChoice choice, ServerName name, List<byte[]> authorities) {
        if (choice.group().share() != null) {
            env.transcript().choose(choice.suite().hash());
            env.negotiated().group(choice.group().group());
        }
        if (asked != null) {
            return; // the rest was noted at the first ClientHello
        }
        Negotiated n = env.negotiated();
        n.peerSignatures(choice.peer().handshake());
        n.peerAuthorities(authorities);
        n.postHandshakeAuth(choice.hello().extensions().has(ExtensionType.POST_HANDSHAKE_AUTH));
        n.version(version);
        n.suite(choice.suite());
        n.clientRandom(choice.hello().random());
        n.alpn(choice.alpn());
        n.serverName(name == null ? null : name.hostName());
    }

    /** Whether a second ClientHello is the first one again, but for what a HelloRetryRequest lets change. */
    private static boolean sameHello(ClientHello first, ClientHello second) {
        return Arrays.equals(first.random(), second.random())
                && Arrays.equals(first.sessionId(), second.sessionId())
                && Arrays.equals(first.cipherSuites(), second.cipherSuites());
    }
}
