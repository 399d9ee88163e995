// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.config;

import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.List;
import org.libssl4j.crypto.EncodedCertificate;
import org.libssl4j.iana.SignatureScheme;

/** The certificates with keys that we can show, at most one for each kind of key, as SSL_CTX_use_certificate(3) keeps them. */
public record Credentials(List<Credential> all) {
    public static final Credentials NONE = new Credentials(List.of());

    /**
     * A chain and its key.
     *
     * @param keyType the kind of key in the words of {@link org.libssl4j.iana.SignatureScheme#keyType()}; for "EC" keys with the curve behind a colon: "EC:secp256r1"
     * @param chain our certificate first
     */
    public record Credential(String keyType, List<EncodedCertificate> chain, PrivateKey key) {
        public Credential {
            chain = List.copyOf(chain);
        }

        /** Whether a key of this kind makes signatures of this scheme in TLS 1.3. */
        public static boolean fits(String keyType, SignatureScheme scheme) {
            return scheme.curve() == null
                    ? keyType.equals(scheme.keyType())
                    : keyType.equals("EC:" + scheme.curve().ianaName());
        }

        @Override
        public String toString() {
            return "credential with a key of kind " + keyType + " and " + chain.size() + " certificates";
        }
    }

    public Credentials {
        all = List.copyOf(all);
    }

    /** With this one, in place of the one with the same kind of key. */
    public Credentials plus(Credential c) {
        List<Credential> list = new ArrayList<>(all);
        list.removeIf(o -> o.keyType().equals(c.keyType()));
        list.add(c);
        return new Credentials(list);
    }
}
