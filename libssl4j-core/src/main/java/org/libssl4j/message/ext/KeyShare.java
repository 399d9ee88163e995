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

/** The public halves of the key exchange (RFC 9846 §4.3.8 [8446 4.2.8]). */
public sealed interface KeyShare extends Extension {
    @Override
    default int type() {
        return ExtensionType.KEY_SHARE.code();
    }

    /**
     * A share of one group.
     *
     * @param group the number of the group
     * @param keyExchange the group's public value, KEM encapsulation key or ciphertext
     */
    record Entry(int group, byte[] keyExchange) {
        static Entry read(WireReader in) throws DecodeException {
            return new Entry(in.u16(), in.opaque16(1, 0xffff, "key_exchange"));
        }

        void write(WireWriter out) {
            out.u16(group).opaque16(keyExchange);
        }
    }

    /** The client's form: none or more shares, of one group each. */
    record Offer(List<Entry> entries) implements KeyShare {
        public Offer {
            entries = List.copyOf(entries);
        }

        /** Reads the body. */
        public static Offer read(WireReader in) throws DecodeException, TlsException {
            WireReader list = in.vector16();
            List<Entry> entries = new ArrayList<>();
            while (list.hasMore()) {
                entries.add(Entry.read(list));
            }
            int[] groups = new int[entries.size()];
            for (int i = 0; i < groups.length; i++) {
                groups[i] = entries.get(i).group;
            }
            int twice = Duplicates.find(groups, groups.length);
            // RFC 9846 §4.3.8 [8446 4.2.8]: one share of a group.
            if (twice >= 0) {
                throw new TlsException(
                        AlertDescription.ILLEGAL_PARAMETER,
                        Reason.BAD_KEY_SHARE,
                        String.format("key_share: two shares of group 0x%04x; one allowed", twice));
            }
            return new Offer(entries);
        }

        /** The share of this group, or null. */
        public Entry of(int group) {
            for (Entry e : entries) {
                if (e.group == group) {
                    return e;
                }
            }
            return null;
        }

        @Override
        public void write(WireWriter out) {
            int list = out.beginU16();
            for (Entry e : entries) {
                e.write(out);
            }
            out.endU16(list);
        }
    }

    /** The server's form: its own share. */
    record Answer(Entry entry) implements KeyShare {
        /** Reads the body. */
        public static Answer read(WireReader in) throws DecodeException {
            return new Answer(Entry.read(in));
        }

        @Override
        public void write(WireWriter out) {
            entry.write(out);
        }
    }

    /** The form in HelloRetryRequest: the group of which the server wants a share. */
    record Retry(int group) implements KeyShare {
        /** Reads the body. */
        public static Retry read(WireReader in) throws DecodeException {
            return new Retry(in.u16());
        }

        @Override
        public void write(WireWriter out) {
            out.u16(group);
        }
    }
}
