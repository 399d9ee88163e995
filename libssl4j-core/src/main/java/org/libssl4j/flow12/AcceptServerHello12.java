// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import java.util.Arrays;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Env;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.Negotiated;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.keyschedule.Direction;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.message.ServerHello;
import org.libssl4j.message.ext.Alpn;
import org.libssl4j.message.ext.EcPointFormats;
import org.libssl4j.message.ext.EncryptThenMac;
import org.libssl4j.message.ext.ExtendedMasterSecret;
import org.libssl4j.message.ext.ExtensionBlock;
import org.libssl4j.message.ext.Place;
import org.libssl4j.message.ext.ServerName;
import org.libssl4j.message.ext.SessionTicket;
import org.libssl4j.message.ext.SupportedGroups;
import org.libssl4j.negotiate.AlpnChoice;
import org.libssl4j.negotiate.ClientOffer;
import org.libssl4j.negotiate.RecordSizes;
import org.libssl4j.negotiate.ResumptionRules12;
import org.libssl4j.negotiate.SuiteChoice;
import org.libssl4j.session.SessionState;
import org.libssl4j.wire.WireReader;

/** Checks a ServerHello of TLS 1.2 or before against what was offered (RFC 5246 §7.4.1.3, §7.4.1.4). */
final class AcceptServerHello12 implements State {
    private final ClientFlow12 flow;
    private final ClientOffer offer;
    private final HandshakeMessage message;
    private final ServerHello hello;
    private final ProtocolVersion version;

    AcceptServerHello12(
            ClientFlow12 flow,
            ClientOffer offer,
            HandshakeMessage message,
            ServerHello hello,
            ProtocolVersion version) {
        this.flow = flow;
        this.offer = offer;
        this.message = message;
        this.hello = hello;
        this.version = version;
    }

    @Override
    public StateName name() {
        return StateName.CR_SRVR_HELLO;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        Env env = hs.env();
        CipherSuite suite = SuiteChoice.forClient12(hello, offer, version);
        SessionState resumed = resumed();
        checkCompression();
        ExtensionBlock extensions = hello.extensions();
        extensions.check(Place.SERVER_HELLO_12);
        extensions.requireSolicited(offer.extensionTypes());
        boolean secure = SecureRenegotiation.accept(extensions, env.config().legacy());
        checkPointFormats(extensions.get(ExtensionType.EC_POINT_FORMATS, EcPointFormats::read));
        // RFC 6066 §3, RFC 5077 §3.2: both say yes with nothing in them. Groups are news for a next time.
        extensions.get(ExtensionType.SERVER_NAME, ServerName::readAnswer);
        extensions.get(ExtensionType.SESSION_TICKET, AcceptServerHello12::readTicket);
        extensions.get(ExtensionType.SUPPORTED_GROUPS, SupportedGroups::read);
        ServerAnswer12 answer = new ServerAnswer12(
                suite,
                version,
                extensions.get(ExtensionType.EXTENDED_MASTER_SECRET, ExtendedMasterSecret::read) != null,
                encryptThenMac(extensions, suite),
                extensions.has(ExtensionType.SESSION_TICKET),
                hello.sessionId(),
                resumed);
        if (resumed != null) {
            ResumptionRules12.checkAnswer(resumed, version, suite, answer.extendedMasterSecret());
        }
        String alpn = AlpnChoice.forClient(
                extensions.get(ExtensionType.APPLICATION_LAYER_PROTOCOL_NEGOTIATION, Alpn::read),
                env.config().extensions().alpn());
        RecordSizes sizes = RecordSizes.forClient12(extensions, env.config().records());

        hs.version(version);
        hs.commit(message);
        if (resumed == null) {
            env.transcript().keepMessages(); // for a client's signature, which a resumption has not
        }
        env.transcript().choose(ChooseSuite12.transcriptHash(version, suite.hash()));
        hs.limitRecords(Direction.WRITE, sizes.send());
        hs.limitRecords(Direction.READ, sizes.receive());
        Negotiated n = env.negotiated();
        n.version(version);
        n.serverRandom(hello.random());
        n.suite(suite);
        n.alpn(alpn);
        n.maxFragment(sizes.maxFragment());
        n.secureRenegotiation(secure);
        return resumed == null ? flow.afterServerHello(offer, answer) : flow.resume(hs, answer);
    }

    /** The session that the server resumes; null if it does not. */
    private SessionState resumed() throws TlsException {
        byte[] ours = offer.hello().sessionId();
        // RFC 5246 §7.4.1.3, RFC 5077 §3.4: the id that comes back stands for a session that is resumed.
        if (ours.length == 0 || !Arrays.equals(hello.sessionId(), ours)) {
            return null;
        }
        // RFC 9846 §E.4: without a session ours is random and names none.
        if (offer.session() == null) {
            throw illegal(Reason.INVALID_SESSION_ID, "the session id of the ClientHello, which names no session");
        }
        return offer.session();
    }

    private void checkCompression() throws TlsException {
        // RFC 5246 §7.4.1.3: one of the methods offered, and that was none.
        if (hello.compressionMethod() != 0) {
            throw illegal(
                    Reason.UNSUPPORTED_COMPRESSION_ALGORITHM,
                    "compression method " + hello.compressionMethod() + "; 0 allowed");
        }
    }

    private static void checkPointFormats(EcPointFormats theirs) throws TlsException {
        if (theirs == null) {
            return;
        }
        for (byte format : theirs.formats()) {
            if (format == EcPointFormats.UNCOMPRESSED) {
                return;
            }
        }
        // RFC 8422 §5.1.2, §5.2: who sends the list has the uncompressed form in it.
        throw illegal(
                Reason.TLS_INVALID_ECPOINTFORMAT_LIST,
                "ec_point_formats without the uncompressed form, which has to be there");
    }

    private static boolean encryptThenMac(ExtensionBlock extensions, CipherSuite suite) throws TlsException {
        boolean answered = extensions.get(ExtensionType.ENCRYPT_THEN_MAC, EncryptThenMac::read) != null;
        // RFC 7366 §3: not with a cipher that authenticates by itself.
        if (answered && suite.cbc() == null) {
            throw illegal(Reason.BAD_EXTENSION, "encrypt_then_mac with " + suite + ", which has no CBC");
        }
        return answered;
    }

    /** The server's form, which is empty; the block refuses anything else. */
    private static SessionTicket readTicket(WireReader in) {
        return new SessionTicket(new byte[0]);
    }

    private static TlsException illegal(Reason reason, String detail) {
        return new TlsException(AlertDescription.ILLEGAL_PARAMETER, reason, "a ServerHello with " + detail);
    }
}
