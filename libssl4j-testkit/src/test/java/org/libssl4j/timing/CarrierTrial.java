// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.timing;

import java.io.IOException;
import org.libssl4j.carrier.tls.TlsCarrier;
import org.libssl4j.config.Limits;
import org.libssl4j.config.RecordSettings;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.Secret;
import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Observer;
import org.libssl4j.handshake.Role;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.keyschedule.Direction;
import org.libssl4j.keyschedule.Epoch;
import org.libssl4j.keyschedule.KeyBlock;

/** A record given to a record layer of its own: from the last byte to the bytes of the alert, or to the content if it is right. */
final class CarrierTrial implements Trial {
    private static final byte[] OUT = new byte[17_000];

    private final TlsCarrier carrier;
    private final byte[] record;
    private final boolean right;
    private int given;
    private int sent;

    /** Takes a copy of the record. */
    CarrierTrial(Crypto crypto, CipherSuite suite, KeyBlock.Half keys, byte[] record, boolean right)
            throws TlsException, IOException {
        this.record = record.clone();
        this.right = right;
        carrier = new TlsCarrier(crypto, Observer.NONE, Limits.DEFAULT, RecordSettings.DEFAULT, Role.SERVER);
        carrier.version(ProtocolVersion.TLS1_2);
        for (Direction d : Direction.values()) {
            try (KeyBlock.Half own = copy(keys)) {
                carrier.install(Epoch.HANDSHAKE, d, suite, own);
            }
            carrier.promote(d);
        }
        while (carrier.fill((b, off, len) -> give(b, off, Math.min(len, record.length - 1 - given)), false) > 0) {
            // until only the last byte lacks
        }
    }

    private static KeyBlock.Half copy(KeyBlock.Half h) {
        return new KeyBlock.Half(
                h.version(),
                h.encryptThenMac(),
                Secret.of(h.macKey().getEncoded()),
                Secret.of(h.key().getEncoded()),
                null);
    }

    private int give(byte[] b, int off, int len) {
        System.arraycopy(record, given, b, off, len);
        given += len;
        return len;
    }

    @Override
    public long run() throws IOException, TlsException {
        TlsException failure = null;
        int read = 0;
        long begin = System.nanoTime();
        try {
            carrier.fill(this::give, false);
            read = carrier.open(OUT, 0, OUT.length);
        } catch (TlsException e) {
            failure = e;
            carrier.alert(e.alert());
            carrier.drain((b, off, len) -> {
                sent += len;
                return len;
            });
        }
        long end = System.nanoTime();
        carrier.close();
        boolean refused = failure != null && failure.alert() == AlertDescription.BAD_RECORD_MAC && sent > 0;
        if (given != record.length || (right ? read == 0 : !refused)) {
            throw new IllegalStateException("not what was to be measured", failure);
        }
        return end - begin;
    }
}
