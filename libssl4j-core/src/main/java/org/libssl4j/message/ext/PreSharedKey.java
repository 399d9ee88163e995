// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message.ext;

import java.util.ArrayList;
import java.util.List;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.wire.DecodeException;
import org.libssl4j.wire.WireReader;
import org.libssl4j.wire.WireWriter;

/** The pre-shared keys that a client offers, and the one that a server selects (RFC 9846 §4.3.11 [8446 4.2.11]). */
public sealed interface PreSharedKey extends Extension {
    @Override
    default int type() {
        return ExtensionType.PRE_SHARED_KEY.code();
    }

    /**
     * The label of a key.
     *
     * @param identity a ticket, or a name
     * @param obfuscatedTicketAge milliseconds plus the ticket's age_add, modulo 2^32
     */
    record Identity(byte[] identity, long obfuscatedTicketAge) {}

    /** The client's form: labels, and a MAC by each of their keys over the hello up to {@link #bindersLength()} bytes before its end. */
    record Offer(List<Identity> identities, List<byte[]> binders) implements PreSharedKey {
        public Offer {
            identities = List.copyOf(identities);
            binders = List.copyOf(binders);
        }

        /** Reads the body. */
        public static Offer read(WireReader in) throws DecodeException, TlsException {
            WireReader list = in.vector16();
            List<Identity> identities = new ArrayList<>();
            do {
                identities.add(new Identity(list.opaque16(1, 0xffff, "identity"), list.u32()));
            } while (list.hasMore());
            list = in.vector16();
            List<byte[]> binders = new ArrayList<>();
            do {
                binders.add(list.opaque8(32, 0xff, "PskBinderEntry"));
            } while (list.hasMore());
            // RFC 9846 §4.3.11 [8446 4.2.11]: a binder for each identity.
            if (identities.size() != binders.size()) {
                throw new TlsException(
                        AlertDescription.ILLEGAL_PARAMETER,
                        Reason.BAD_EXTENSION,
                        "pre_shared_key: " + binders.size() + " binders; " + identities.size()
                                + " allowed, one for each identity");
            }
            return new Offer(identities, binders);
        }

        /** How many bytes at the end of the ClientHello the binders take, the length of their list among them (RFC 9846 §4.3.11.2 [8446 4.2.11.2]). */
        public int bindersLength() {
            int length = 2;
            for (byte[] b : binders) {
                length += 1 + b.length;
            }
            return length;
        }

        @Override
        public void write(WireWriter out) {
            int list = out.beginU16();
            for (Identity i : identities) {
                out.opaque16(i.identity).u32(i.obfuscatedTicketAge);
            }
            out.endU16(list);
            list = out.beginU16();
            for (byte[] b : binders) {
                out.opaque8(b);
            }
            out.endU16(list);
        }
    }

    /** The server's form: which of the identities, counted from 0. */
    record Selected(int identity) implements PreSharedKey {
        /** Reads the body. */
        public static Selected read(WireReader in) throws DecodeException {
            return new Selected(in.u16());
        }

        @Override
        public void write(WireWriter out) {
            out.u16(identity);
        }
    }
}
