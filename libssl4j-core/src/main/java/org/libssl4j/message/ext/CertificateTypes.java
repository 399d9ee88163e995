// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message.ext;

import org.libssl4j.iana.ExtensionType;
import org.libssl4j.wire.DecodeException;
import org.libssl4j.wire.WireReader;
import org.libssl4j.wire.WireWriter;

/** The kinds of certificate that a side can give or take: client_certificate_type and server_certificate_type, which have one form (RFC 7250 §3). */
public sealed interface CertificateTypes extends Extension {
    /** Whose certificate it is about: one of the two extension types. */
    ExtensionType about();

    @Override
    default int type() {
        return about().code();
    }

    /** The client's form: the preferred kind first. */
    record Offer(ExtensionType about, int[] types) implements CertificateTypes {
        public Offer {
            require(about);
        }

        /** Reads the body of client_certificate_type. */
        public static Offer readClient(WireReader in) throws DecodeException {
            return read(ExtensionType.CLIENT_CERTIFICATE_TYPE, in);
        }

        /** Reads the body of server_certificate_type. */
        public static Offer readServer(WireReader in) throws DecodeException {
            return read(ExtensionType.SERVER_CERTIFICATE_TYPE, in);
        }

        @Override
        public void write(WireWriter out) {
            int list = out.beginU8();
            for (int t : types) {
                out.u8(t);
            }
            out.endU8(list);
        }

        private static Offer read(ExtensionType about, WireReader in) throws DecodeException {
            byte[] list = in.opaque8(1, 0xff, "certificate_types");
            int[] types = new int[list.length];
            for (int i = 0; i < types.length; i++) {
                types[i] = list[i] & 0xff;
            }
            return new Offer(about, types);
        }
    }

    /** The server's form: the kind that it chose. */
    record Answer(ExtensionType about, int certificateType) implements CertificateTypes {
        public Answer {
            require(about);
        }

        /** Reads the body of client_certificate_type. */
        public static Answer readClient(WireReader in) throws DecodeException {
            return new Answer(ExtensionType.CLIENT_CERTIFICATE_TYPE, in.u8());
        }

        /** Reads the body of server_certificate_type. */
        public static Answer readServer(WireReader in) throws DecodeException {
            return new Answer(ExtensionType.SERVER_CERTIFICATE_TYPE, in.u8());
        }

        @Override
        public void write(WireWriter out) {
            out.u8(certificateType);
        }
    }

    private static void require(ExtensionType about) {
        if (about != ExtensionType.CLIENT_CERTIFICATE_TYPE && about != ExtensionType.SERVER_CERTIFICATE_TYPE) {
            throw new IllegalArgumentException(about + " is not about certificate types");
        }
    }
}
