// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import java.util.List;
import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.keyschedule.Direction;
import org.libssl4j.keyschedule.HandshakeKeys;
import org.libssl4j.message.EncryptedExtensions;
import org.libssl4j.message.ext.Alpn;
import org.libssl4j.message.ext.ExtensionBlock;
import org.libssl4j.message.ext.MaxFragmentLength;
import org.libssl4j.message.ext.RecordSizeLimit;
import org.libssl4j.message.ext.ServerName;
import org.libssl4j.negotiate.RecordSizes;
import org.libssl4j.spi.FragmentLength;

/** Sends EncryptedExtensions (RFC 9846 §4.4.1 [8446 4.3.1]). */
final class SendEncryptedExtensions implements State {
    private final ServerFlow13 flow;
    private final ServerChoice choice;
    private final HandshakeKeys keys;

    SendEncryptedExtensions(ServerFlow13 flow, ServerChoice choice, HandshakeKeys keys) {
        this.flow = flow;
        this.choice = choice;
        this.keys = keys;
    }

    @Override
    public StateName name() {
        return StateName.SW_ENCRYPTED_EXTENSIONS;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        ExtensionBlock.Builder b = ExtensionBlock.builder();
        // RFC 6066 §3: acknowledged in the handshake that makes a session, and not where one is resumed.
        if (choice.accepted().nameAccepted() && !choice.resumesSession()) {
            b.add(ServerName.ACKNOWLEDGED);
        }
        if (choice.alpn() != null) {
            b.add(new Alpn(List.of(choice.alpn())));
        }
        // RFC 8449 §4: from the first protected record on.
        RecordSizes sizes = RecordSizes.forServer(
                choice.hello().extensions(), hs.env().config().records());
        hs.limitRecords(Direction.WRITE, sizes.send());
        hs.limitRecords(Direction.READ, sizes.receive());
        if (sizes.sizeLimit() > 0) {
            b.add(new RecordSizeLimit(sizes.sizeLimit()));
        }
        if (sizes.maxFragment() != FragmentLength.DISABLED) {
            b.add(new MaxFragmentLength(sizes.maxFragment().code()));
        }
        hs.send(new EncryptedExtensions(b.build()).toMessage());
        return flow.afterEncryptedExtensions(hs, choice, keys);
    }
}
