// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message.ext;

import org.libssl4j.iana.ExtensionType;
import org.libssl4j.wire.DecodeException;
import org.libssl4j.wire.WireReader;
import org.libssl4j.wire.WireWriter;

/** The versions that a client offers, and the one that a server selects (RFC 9846 §4.3.1 [8446 4.2.1]). */
public sealed interface SupportedVersions extends Extension {
    @Override
    default int type() {
        return ExtensionType.SUPPORTED_VERSIONS.code();
    }

    /** The client's form: the preferred version first. */
    record Offer(int[] versions) implements SupportedVersions {
        /** Reads the body. */
        public static Offer read(WireReader in) throws DecodeException {
            return new Offer(in.vector8().u16List(1, "versions"));
        }

        @Override
        public void write(WireWriter out) {
            int list = out.beginU8();
            out.u16List(versions);
            out.endU8(list);
        }
    }

    /** The form in ServerHello and HelloRetryRequest. */
    record Selected(int version) implements SupportedVersions {
        /** Reads the body. */
        public static Selected read(WireReader in) throws DecodeException {
            return new Selected(in.u16());
        }

        @Override
        public void write(WireWriter out) {
            out.u16(version);
        }
    }
}
