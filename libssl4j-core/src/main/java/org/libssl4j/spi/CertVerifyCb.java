// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.spi;

import java.util.List;
import java.util.Objects;

/** Judges a peer's certificates in place of the library (SSL_CTX_set_cert_verify_callback(3)): neither chain nor name is looked at by anybody else. Called on the thread that drives the handshake, once for each time that thread comes by. */
@FunctionalInterface
public interface CertVerifyCb {
    /** What a callback says. */
    final class Verdict {
        /** The peer is accepted. */
        public static final Verdict ACCEPT = new Verdict(VerifyResult.OK);

        /** Not yet: the handshake waits with WANT_RETRY_VERIFY and asks again. */
        public static final Verdict LATER = new Verdict(null);

        private final VerifyResult result;

        private Verdict(VerifyResult result) {
            this.result = result;
        }

        /**
         * The peer is refused, unless the mode is {@link VerifyMode#NONE}.
         *
         * @param why from which the alert follows (SSL_alert_from_verify_result of OpenSSL): {@link VerifyResult#APPLICATION_VERIFICATION} for handshake_failure
         * @return that
         * @throws IllegalArgumentException for {@link VerifyResult#OK}
         */
        public static Verdict refuse(VerifyResult why) {
            if (Objects.requireNonNull(why) == VerifyResult.OK) {
                throw new IllegalArgumentException("refused because all is well");
            }
            return new Verdict(why);
        }

        /**
         * The X509_V_* code.
         *
         * @return null for {@link #LATER}
         */
        public VerifyResult result() {
            return result;
        }
    }

    /**
     * Judges.
     *
     * @param chain the peer's certificates in DER as it sent them, its own first; copies
     * @return the verdict; null counts as a refusal with {@link VerifyResult#APPLICATION_VERIFICATION}
     */
    Verdict verify(List<byte[]> chain);
}
