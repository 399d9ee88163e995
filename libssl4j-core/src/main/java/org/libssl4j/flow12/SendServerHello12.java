// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import java.util.List;
import org.libssl4j.fault.TlsException;
import org.libssl4j.flow.Then;
import org.libssl4j.handshake.Env;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.keyschedule.Direction;
import org.libssl4j.message.ServerHello;
import org.libssl4j.message.ext.Alpn;
import org.libssl4j.message.ext.EcPointFormats;
import org.libssl4j.message.ext.EncryptThenMac;
import org.libssl4j.message.ext.ExtendedMasterSecret;
import org.libssl4j.message.ext.ExtensionBlock;
import org.libssl4j.message.ext.MaxFragmentLength;
import org.libssl4j.message.ext.RecordSizeLimit;
import org.libssl4j.message.ext.RenegotiationInfo;
import org.libssl4j.message.ext.ServerName;
import org.libssl4j.message.ext.SessionTicket;
import org.libssl4j.negotiate.DowngradeRules;
import org.libssl4j.negotiate.RecordSizes;
import org.libssl4j.spi.FragmentLength;

/** Sends the ServerHello (RFC 5246 §7.4.1.3). */
final class SendServerHello12 implements State {
    private final ServerChoice12 choice;
    private final byte[] renegotiated;
    private final Then next;

    /** @param renegotiated what renegotiation_info answers; null if the client does not know it */
    SendServerHello12(ServerChoice12 choice, byte[] renegotiated, Then next) {
        this.choice = choice;
        this.renegotiated = renegotiated;
        this.next = next;
    }

    @Override
    public StateName name() {
        return StateName.SW_SRVR_HELLO;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        Env env = hs.env();
        byte[] random = new byte[32];
        env.crypto().random(random);
        DowngradeRules.mark(random, choice.version(), env.config().versions());
        RecordSizes sizes = RecordSizes.forServer12(
                choice.hello().extensions(), env.config().records());
        hs.send(new ServerHello(
                        choice.version().code(),
                        random,
                        choice.session().id(),
                        choice.choice().suite().code(),
                        0,
                        extensions(sizes))
                .toMessage());
        env.negotiated().serverRandom(random);
        // RFC 8449 §4: from the first protected record on.
        hs.limitRecords(Direction.WRITE, sizes.send());
        hs.limitRecords(Direction.READ, sizes.receive());
        return next.then(hs);
    }

    private ExtensionBlock extensions(RecordSizes sizes) throws TlsException {
        ExtensionBlock offered = choice.hello().extensions();
        ExtensionBlock.Builder b = ExtensionBlock.builder();
        if (renegotiated != null) {
            b.add(new RenegotiationInfo(renegotiated)); // RFC 5746 §3.6
        }
        // RFC 6066 §3: in a resumption the name is the session's, and not told again.
        if (choice.accepted().nameAccepted() && choice.session().resumed() == null) {
            b.add(ServerName.ACKNOWLEDGED);
        }
        if (sizes.maxFragment() != FragmentLength.DISABLED) {
            b.add(new MaxFragmentLength(sizes.maxFragment().code()));
        }
        // RFC 8422 §5.2: only where a point of ours is to come.
        if (choice.session().resumed() == null
                && choice.choice().suite().keyExchange().ecdhe()
                && offered.has(ExtensionType.EC_POINT_FORMATS)) {
            b.add(new EcPointFormats(new byte[] {EcPointFormats.UNCOMPRESSED}));
        }
        if (choice.alpn() != null) {
            b.add(new Alpn(List.of(choice.alpn())));
        }
        if (choice.session().ticket()) {
            b.add(new SessionTicket(new byte[0])); // RFC 5077 §3.2: a NewSessionTicket is to come
        }
        if (choice.encryptThenMac()) {
            b.add(new EncryptThenMac());
        }
        if (choice.extendedMasterSecret()) {
            b.add(new ExtendedMasterSecret());
        }
        if (sizes.sizeLimit() > 0) {
            b.add(new RecordSizeLimit(sizes.sizeLimit()));
        }
        ExtensionBlock block = b.build();
        return block.types().length == 0 ? ExtensionBlock.EMPTY : block;
    }
}
