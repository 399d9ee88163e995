// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

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
import org.libssl4j.message.ext.Place;
import org.libssl4j.message.ext.PreSharedKey;
import org.libssl4j.message.ext.PskKeyExchangeModes;
import org.libssl4j.message.ext.ServerName;
import org.libssl4j.message.ext.SignatureAlgorithms;
import org.libssl4j.negotiate.AlpnChoice;
import org.libssl4j.negotiate.GroupChoice;
import org.libssl4j.negotiate.SignatureChoice;
import org.libssl4j.negotiate.SuiteChoice;
import org.libssl4j.negotiate.VersionChoice;

/** Reads a ClientHello, the first or the one after a HelloRetryRequest, and chooses (RFC 9846 §4.2.1, §4.2.2 [8446 4.1.1, 4.1.2]); for servers the point where versions part. */
final class AwaitClientHello implements State {
    private final ServerFlow13 flow;
    private final RetrySent asked;

    /** @param asked what the HelloRetryRequest said; null for the first ClientHello */
    AwaitClientHello(ServerFlow13 flow, RetrySent asked) {
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
        ServerChoice choice = choose(hello, env);
        hs.commit(m);
        if (hello.extensions().has(ExtensionType.EARLY_DATA)) {
            hs.skipEarlyData(); // it is not taken, since no ticket of ours allows it
        }
        boolean askAgain =
                asked == null && (choice.group().share() == null || env.config().cookies() != null);
        note(env, version, choice, name, askAgain);
        return askAgain
                ? flow.whenToBeAskedAgain(choice)
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

    private ServerChoice choose(ClientHello hello, Env env) throws TlsException {
        HandshakeConfig config = env.config();
        GroupChoice group = asked == null
                ? GroupChoice.forServer(hello, config.groups(), config.ciphers().serverPreference())
                : asked.check(hello, env.crypto());
        // RFC 9846 §4.2.4 [8446 4.1.4]: the suite of a HelloRetryRequest stays.
        CipherSuite suite = asked == null ? SuiteChoice.forServer(hello, config.ciphers()) : asked.suite();
        SignatureAlgorithms schemes =
                hello.extensions().get(ExtensionType.SIGNATURE_ALGORITHMS, SignatureAlgorithms::read);
        // RFC 9846 §9.2: a server that shows a certificate has to be told which signatures are understood.
        if (schemes == null) {
            throw new TlsException(
                    AlertDescription.MISSING_EXTENSION,
                    Reason.MISSING_SIGALGS_EXTENSION,
                    "a ClientHello without signature_algorithms");
        }
        SignatureChoice signature =
                SignatureChoice.forServer(config.credentials(), config.signatures(), schemes.schemes());
        if (asked != null && asked.first() != null) {
            return new ServerChoice(
                    hello, suite, group, signature, asked.first().alpn(), true);
        }
        Alpn offered = hello.extensions().get(ExtensionType.APPLICATION_LAYER_PROTOCOL_NEGOTIATION, Alpn::read);
        String alpn = AlpnChoice.forServer(offered, config.extensions().alpnSelect());
        return new ServerChoice(hello, suite, group, signature, alpn, asked != null);
    }

    private void note(Env env, ProtocolVersion version, ServerChoice choice, ServerName name, boolean askAgain) {
        Negotiated n = env.negotiated();
        if (!askAgain) {
            env.transcript().choose(choice.suite().hash());
            n.group(choice.group().group());
        }
        if (asked != null && asked.cookie() != null) {
            n.acceptCookie();
        }
        if (asked != null && asked.first() != null) {
            return; // the rest was noted at the first ClientHello
        }
        n.version(version);
        n.suite(choice.suite());
        n.clientRandom(choice.hello().random());
        n.alpn(choice.alpn());
        n.serverName(name == null ? null : name.hostName());
    }
}
