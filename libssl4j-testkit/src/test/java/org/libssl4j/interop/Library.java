// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.interop;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.lang.reflect.Method;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jsse.BCSSLEngine;
import org.bouncycastle.jsse.BCSSLParameters;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCryptoProvider;
import org.conscrypt.Conscrypt;

/** The TLS libraries on the class path that tests talk to, and how each is told what to negotiate. Providers are used by instance and never installed. */
public enum Library {
    SUN_JSSE("SunJSSE") {
        @Override
        SSLEngine make(Wish w) throws GeneralSecurityException, IOException {
            SSLContext c = context(Security.getProvider("SunJSSE"), "SunX509", null, w);
            SSLEngine e = jsse(c, w);
            SSLParameters p = e.getSSLParameters();
            if (w.suite() != null) {
                p.setCipherSuites(new String[] {w.suite()});
            }
            if (w.groups() != null && SET_NAMED_GROUPS != null) {
                setNamedGroups(p, jcaNames(w.groups()));
            }
            e.setSSLParameters(p);
            return e;
        }
    },
    BOUNCY_CASTLE("BCJSSE") {
        @Override
        SSLEngine make(Wish w) throws GeneralSecurityException, IOException {
            SSLContext c = context(Providers.BCJSSE, "PKIX", Providers.BCJSSE, w);
            SSLEngine e = jsse(c, w);
            BCSSLParameters p = ((BCSSLEngine) e).getParameters();
            if (w.suite() != null) {
                p.setCipherSuites(new String[] {w.suite()});
            }
            if (w.groups() != null) {
                p.setNamedGroups(withP256(jcaNames(w.groups())));
            }
            ((BCSSLEngine) e).setParameters(p);
            return e;
        }

        /** It takes ECDSA on P-256 for unusable where the group P-256 is not enabled (PeerLimitsTest shows it), so that one comes last. */
        private String[] withP256(String[] groups) {
            return Stream.concat(Stream.of(groups), Stream.of("secp256r1"))
                    .distinct()
                    .toArray(String[]::new);
        }
    },
    CONSCRYPT("Conscrypt") {
        @Override
        SSLEngine make(Wish w) throws GeneralSecurityException, IOException {
            SSLContext c = context(Providers.CONSCRYPT, "SunX509", Providers.CONSCRYPT, w);
            SSLEngine e = jsse(c, w);
            SSLParameters p = e.getSSLParameters();
            if (w.suite() != null && (!w.server() || w.protocol().equals("TLSv1.2"))) {
                // Without effect in TLS 1.3; and a server then has no certificate. PeerLimitsTest shows both.
                p.setCipherSuites(new String[] {w.suite()});
            }
            if (w.groups() != null && SET_NAMED_GROUPS != null) {
                setNamedGroups(p, w.groups().toArray(new String[0]));
            }
            e.setSSLParameters(p);
            if (w.server()) {
                Conscrypt.setUseSessionTickets(e, true);
            }
            return e;
        }

        @Override
        String reportedGroup(SSLEngine e) {
            return Conscrypt.getGroupName(e);
        }

        @Override
        boolean tellsOwnCertificate() {
            return false; // a server's session has no local certificates
        }
    },
    BORINGSSL("Netty BoringSSL") {
        @Override
        SSLEngine make(Wish w) throws SSLException {
            SslContextBuilder b = w.server()
                    ? SslContextBuilder.forServer(
                            w.identity().key(), w.identity().chain().toArray(new X509Certificate[0]))
                    : SslContextBuilder.forClient()
                            .trustManager(w.trusted())
                            .serverName(new SNIHostName(Identity.HOST));
            b.sslProvider(SslProvider.OPENSSL).protocols(w.protocol());
            if (w.server() && w.trusted() != null) {
                b.trustManager(w.trusted());
            }
            if (!w.server() && w.identity() != null) {
                b.keyManager(w.identity().key(), w.identity().chain().toArray(new X509Certificate[0]));
            }
            if (w.groups() != null) {
                b.option(OpenSslContextOption.GROUPS, w.groups().toArray(new String[0]));
            }
            if (w.suite() != null) {
                b.ciphers(List.of(w.suite())); // without effect in TLS 1.3, which PeerLimitsTest shows
            }
            if (w.alpn() != null) {
                b.applicationProtocolConfig(new ApplicationProtocolConfig(
                        ApplicationProtocolConfig.Protocol.ALPN,
                        ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                        w.alpn()));
            }
            return b.build().newEngine(ByteBufAllocator.DEFAULT, Identity.HOST, 443);
        }
    };

    /** {@code SSLParameters.setNamedGroups}, which JDKs before 20 lack. */
    static final Method SET_NAMED_GROUPS = setNamedGroups();

    private final String title;

    Library(String title) {
        this.title = title;
    }

    // Their notes on each connection would bury the report; kept here, for a logger without a holder loses its level.
    private static final List<Logger> QUIET =
            List.of(Logger.getLogger("org.bouncycastle"), Logger.getLogger("io.netty"));

    static {
        QUIET.forEach(l -> l.setLevel(Level.SEVERE));
    }

    /** Made once; each is slow to load. */
    private static final class Providers {
        static final Provider BCJSSE =
                new BouncyCastleJsseProvider(false, new JcaTlsCryptoProvider().setProvider(new BouncyCastleProvider()));
        static final Provider CONSCRYPT =
                Conscrypt.newProviderBuilder().provideTrustManager(true).build();
    }

    /**
     * What a peer is asked to do.
     *
     * @param server its role
     * @param identity certificate and key; null for a client without
     * @param trusted whom it trusts; null for a server that asks for no certificate
     * @param suite the only cipher suite, by its IANA name; null for the defaults
     * @param groups the only groups, by OpenSSL's names; null for the defaults
     * @param alpn the only application protocol; null for none
     * @param protocol the only version, by JSSE's name
     */
    public record Wish(
            boolean server,
            Identity identity,
            X509Certificate trusted,
            String suite,
            List<String> groups,
            String alpn,
            String protocol) {
        /** One of TLS 1.3. */
        public Wish(
                boolean server,
                Identity identity,
                X509Certificate trusted,
                String suite,
                List<String> groups,
                String alpn) {
            this(server, identity, trusted, suite, groups, alpn, "TLSv1.3");
        }

        /** A server. */
        public static Wish server(Identity identity, String suite, String group, String alpn) {
            return new Wish(true, identity, null, suite, group == null ? null : List.of(group), alpn);
        }

        /** A client that verifies chain and name. */
        public static Wish client(X509Certificate trusted, String suite, String group, String alpn) {
            return new Wish(false, null, trusted, suite, group == null ? null : List.of(group), alpn);
        }

        /** The same with more groups. */
        public Wish withGroups(String... names) {
            return new Wish(server, identity, trusted, suite, List.of(names), alpn, protocol);
        }

        /** The same of TLS 1.2. */
        public Wish of12() {
            return new Wish(server, identity, trusted, suite, groups, alpn, "TLSv1.2");
        }

        /** The same of a server that asks for a certificate of this authority's. */
        public Wish asking(X509Certificate authority) {
            return new Wish(server, identity, authority, suite, groups, alpn, protocol);
        }
    }

    /** An engine that does as wished, as far as this library lets itself be told. */
    public SSLEngine engine(Wish wish) {
        try {
            return make(wish);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(this + " cannot be set up", e);
        }
    }

    abstract SSLEngine make(Wish wish) throws GeneralSecurityException, IOException;

    /** The group by the library's own word; null if it has none. */
    String reportedGroup(SSLEngine e) {
        return null;
    }

    /** Whether a server's session has the certificate that it sent. */
    boolean tellsOwnCertificate() {
        return true;
    }

    @Override
    public String toString() {
        return title;
    }

    static SSLContext context(Provider provider, String keyManagers, Provider managers, Wish w)
            throws GeneralSecurityException, IOException {
        KeyManagerFactory k = managers != Providers.BCJSSE
                ? KeyManagerFactory.getInstance(keyManagers)
                : KeyManagerFactory.getInstance(keyManagers, managers);
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        if (w.identity() != null) {
            own.setKeyEntry(
                    "own",
                    w.identity().key(),
                    new char[] {'x'},
                    w.identity().chain().toArray(new Certificate[0]));
        }
        k.init(own, new char[] {'x'});
        TrustManagerFactory t = managers == null
                ? TrustManagerFactory.getInstance("PKIX")
                : TrustManagerFactory.getInstance("PKIX", managers);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        if (w.trusted() != null) {
            trusted.setCertificateEntry("trusted", w.trusted());
            t.init(trusted);
        }
        SSLContext c = SSLContext.getInstance("TLSv1.3", provider);
        c.init(k.getKeyManagers(), w.trusted() == null ? null : t.getTrustManagers(), null);
        return c;
    }

    static SSLEngine jsse(SSLContext c, Wish w) {
        SSLEngine e = c.createSSLEngine(Identity.HOST, 443);
        e.setUseClientMode(!w.server());
        SSLParameters p = e.getSSLParameters();
        p.setProtocols(new String[] {w.protocol()});
        if (!w.server()) {
            p.setServerNames(List.of(new SNIHostName(Identity.HOST)));
            p.setEndpointIdentificationAlgorithm("HTTPS");
        }
        if (w.alpn() != null) {
            p.setApplicationProtocols(new String[] {w.alpn()});
        }
        e.setSSLParameters(p);
        return e;
    }

    private static Method setNamedGroups() {
        try {
            return SSLParameters.class.getMethod("setNamedGroups", String[].class);
        } catch (NoSuchMethodException e) {
            return null; // JDK 17
        }
    }

    static void setNamedGroups(SSLParameters p, String[] names) {
        try {
            SET_NAMED_GROUPS.invoke(p, (Object) names);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    static String[] jcaNames(List<String> groups) {
        return groups.stream().map(Library::ianaName).toArray(String[]::new);
    }

    /** JSSE has the registry's names; OpenSSL's differ for NIST's curves. */
    private static String ianaName(String group) {
        return switch (group) {
            case "P-256" -> "secp256r1";
            case "P-384" -> "secp384r1";
            case "P-521" -> "secp521r1";
            case "X25519", "X448" -> group.toLowerCase(Locale.ROOT);
            default -> group;
        };
    }
}
