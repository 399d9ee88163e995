// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import org.libssl4j.fault.TlsException;
import org.libssl4j.flow.Then;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.handshake.Want;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.keyschedule.Direction;
import org.libssl4j.message.EncryptedExtensions;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.message.ext.Alpn;
import org.libssl4j.message.ext.ExtensionBlock;
import org.libssl4j.message.ext.Place;
import org.libssl4j.message.ext.ServerName;
import org.libssl4j.message.ext.SupportedGroups;
import org.libssl4j.negotiate.AlpnChoice;
import org.libssl4j.negotiate.ClientOffer;
import org.libssl4j.negotiate.RecordSizes;

/** Reads EncryptedExtensions (RFC 9846 §4.4.1 [8446 4.3.1]). */
final class AwaitEncryptedExtensions implements State {
    private final ClientOffer offer;
    private final Then next;

    AwaitEncryptedExtensions(ClientOffer offer, Then next) {
        this.offer = offer;
        this.next = next;
    }

    @Override
    public StateName name() {
        return StateName.CR_ENCRYPTED_EXTENSIONS;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        HandshakeMessage m = hs.peek(HandshakeType.ENCRYPTED_EXTENSIONS);
        if (m == null) {
            return hs.park(Want.READ, this);
        }
        ExtensionBlock extensions = m.parse(EncryptedExtensions::read).extensions();
        extensions.check(Place.ENCRYPTED_EXTENSIONS);
        extensions.requireSolicited(offer.extensionTypes());
        // RFC 6066 §3: the acknowledgement is empty. supported_groups (RFC 9846 §4.3.7) is news for a next time; it has
        // to have its form.
        extensions.get(ExtensionType.SERVER_NAME, ServerName::readAnswer);
        extensions.get(ExtensionType.SUPPORTED_GROUPS, SupportedGroups::read);
        Alpn alpn = extensions.get(ExtensionType.APPLICATION_LAYER_PROTOCOL_NEGOTIATION, Alpn::read);
        String chosen =
                AlpnChoice.forClient(alpn, hs.env().config().extensions().alpn());
        RecordSizes sizes = RecordSizes.forClient(extensions, hs.env().config().records());
        hs.commit(m);
        hs.limitRecords(Direction.WRITE, sizes.send());
        hs.limitRecords(Direction.READ, sizes.receive());
        hs.env().negotiated().maxFragment(sizes.maxFragment());
        hs.env().negotiated().alpn(chosen);
        return next.then(hs);
    }
}
