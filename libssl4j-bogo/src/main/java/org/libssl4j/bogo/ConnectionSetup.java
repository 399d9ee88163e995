// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bogo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.libssl4j.CertCb;
import org.libssl4j.ClientCertCb;
import org.libssl4j.PskClientCb;
import org.libssl4j.PskServerCb;
import org.libssl4j.Ssl;
import org.libssl4j.SslCtx;
import org.libssl4j.SslMode;
import org.libssl4j.SslOption;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.iana.SignatureScheme;
import org.libssl4j.spi.AlpnSelectCb;
import org.libssl4j.spi.CertVerifyCb;
import org.libssl4j.spi.ClientHelloAnswer;
import org.libssl4j.spi.ServernameAnswer;
import org.libssl4j.spi.VerifyMode;
import org.libssl4j.spi.VerifyResult;

/** Makes a connection as the flags say, with the defaults that the runner takes for granted. */
final class ConnectionSetup {
    private static final List<Integer> DEFAULT_GROUPS = List.of(0x11ec, 0x001d, 0x0017, 0x0018);
    /** Those of BoringSSL's groups that have a part of ML-KEM. */
    private static final Set<Integer> POST_QUANTUM = Set.of(0x11ec, 0x0202);

    /** Whether this counts as a machine with AES in hardware; the system property makes it one without. */
    static final boolean AES_IS_FAST = !Boolean.getBoolean("bogo.slowAes");

    private static final int EQUAL_PREFERENCE_WITH_NEXT = 1; // SSL_GROUP_FLAG_EQUAL_PREFERENCE_WITH_NEXT

    private static final List<Integer> DEFAULT_VERIFYING =
            List.of(0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601, 0x0201);
    private static final List<Integer> DEFAULT_SIGNING = List.of(
            0x0904, 0x0905, 0x0906, 0x0807, 0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0603, 0x0806, 0x0601,
            0x0203, 0x0201);

    private final TestConfig config;
    private final Observed observed;
    private final SslCtx ctx;
    private final ShimCiphers ciphers;

    private ConnectionSetup(TestConfig config, Observed observed, SslCtx ctx) {
        this.config = config;
        this.ciphers = new ShimCiphers(config.text(ShimFlag.CIPHER));
        this.observed = observed;
        this.ctx = ctx;
    }

    /**
     * A connection without a Bio, and in its role.
     *
     * @param ctx as it was made
     */
    static Ssl of(TestConfig config, Observed observed, SslCtx ctx) throws Unimplemented, ShimFailure {
        return new ConnectionSetup(config, observed, ctx).make();
    }

    private Ssl make() throws Unimplemented, ShimFailure {
        versions();
        suitesAndGroups();
        signatures();
        sharedKey();
        certificates();
        verification();
        helloCallbacks();
        alpn();
        observed.sessions.set(ctx, config, observed);
        if (config.has(ShimFlag.MAX_SEND_FRAGMENT)) {
            ctx.setMaxSendFragment(config.number(ShimFlag.MAX_SEND_FRAGMENT));
        }
        if (config.has(ShimFlag.MAX_CERT_LIST)) {
            ctx.setMaxCertList(config.number(ShimFlag.MAX_CERT_LIST));
        }
        if (config.has(ShimFlag.PARTIAL_WRITE)) {
            ctx.setMode(SslMode.ENABLE_PARTIAL_WRITE);
        }
        if (config.has(ShimFlag.ASYNC)) {
            ctx.setAsyncExecutor(observed.lateWork());
        }
        ctx.setQuietShutdown(!config.has(ShimFlag.CHECK_CLOSE_NOTIFY));
        ctx.setMsgCallback(observed::message);
        ctx.setInfoCallback(observed::info);
        ctx.setKeylogCallback(observed::keyLog);
        Ssl ssl = new Ssl(ctx);
        observed.renegotiations = new Renegotiations(config, ssl);
        if (config.has(ShimFlag.SERVER)) {
            ssl.setAcceptState();
        } else {
            ssl.setConnectState();
        }
        if (!config.has(ShimFlag.SERVER)) {
            observed.sessions.offer(ssl);
        }
        if (config.has(ShimFlag.HOST_NAME)) {
            ssl.setHostname(config.text(ShimFlag.HOST_NAME));
        }
        return ssl;
    }

    /** All versions that there are, and nothing too weak: the tests say by flags what is to be left out. */
    private void versions() throws Unimplemented {
        ctx.setSecurityLevel(0);
        ctx.setMinProtoVersion(version(ShimFlag.MIN_VERSION));
        ctx.setMaxProtoVersion(version(ShimFlag.MAX_VERSION));
        Map<ShimFlag, SslOption> off = Map.of(
                ShimFlag.NO_TLS13, SslOption.NO_TLSV1_3,
                ShimFlag.NO_TLS12, SslOption.NO_TLSV1_2,
                ShimFlag.NO_TLS11, SslOption.NO_TLSV1_1,
                ShimFlag.NO_TLS1, SslOption.NO_TLSV1,
                ShimFlag.NO_TICKET, SslOption.NO_TICKET);
        off.forEach((flag, option) -> {
            if (config.has(flag)) {
                ctx.setOptions(option);
            }
        });
        if (config.has(ShimFlag.NO_TICKET)) {
            ctx.setNumTickets(
                    0); // to BoringSSL the option means TLS 1.3 too, where OpenSSL's tickets then hold no session
        }
        if (!config.has(ShimFlag.NO_LEGACY_SERVER_CONNECT)) {
            ctx.setOptions(SslOption.LEGACY_SERVER_CONNECT);
        }
    }

    /** The version that a flag names; null, which sets no limit, without it. */
    private ProtocolVersion version(ShimFlag flag) throws Unimplemented {
        if (!config.has(flag)) {
            return null;
        }
        ProtocolVersion v = ProtocolVersion.of(config.number(flag));
        if (v == null) {
            throw new Unimplemented(String.format("version 0x%04x", config.number(flag)));
        }
        return v;
    }

    private void suitesAndGroups() throws Unimplemented {
        // BoringSSL's order goes by whether the machine is good at AES. Without that its servers insist on ChaCha20.
        ctx.setCiphersuites(
                AES_IS_FAST
                        ? "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256"
                        : "TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384");
        ciphers.set(ctx);
        // Among groups that are equally good to the server BoringSSL goes by the client's order all the same.
        boolean ownOrder = !AES_IS_FAST || config.hasAny(ShimFlag.CIPHER, ShimFlag.SERVER_PREFERENCE);
        boolean client = !config.has(ShimFlag.SERVER); // whose order of signatures is its own
        if (client || ownOrder && !config.has(ShimFlag.CURVES_FLAGS)) {
            ctx.setOptions(SslOption.CIPHER_SERVER_PREFERENCE);
        }
        List<Integer> groups = config.has(ShimFlag.CURVES) ? config.numbers(ShimFlag.CURVES) : DEFAULT_GROUPS;
        List<Integer> flags = config.numbers(ShimFlag.CURVES_FLAGS);
        Set<Integer> shares = keyShares(groups);
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < groups.size(); i++) {
            if (i > 0) {
                boolean equal = i <= flags.size() && flags.get(i - 1) == EQUAL_PREFERENCE_WITH_NEXT;
                list.append(equal ? ':' : '/'); // else each is worth more than the next
            }
            list.append(shares.contains(groups.get(i)) ? "*" : "").append(groupName(groups.get(i)));
        }
        try {
            ctx.set1GroupsList(list.toString());
        } catch (IllegalArgumentException e) {
            throw new Unimplemented(e.getMessage());
        }
    }

    /** Of which groups a key share is sent: of the one that the server is said to like, of those that a flag names, or of one that is safe against quantum computers and one that is not, as BoringSSL does by itself. */
    private Set<Integer> keyShares(List<Integer> groups) throws Unimplemented {
        for (int g : groups) {
            if (config.numbers(ShimFlag.SERVER_SUPPORTED_GROUPS_HINT).contains(g)) {
                return Set.of(g);
            }
        }
        if (config.has(ShimFlag.NO_KEY_SHARES)) {
            throw new Unimplemented("OpenSSL's list of groups cannot say that no key share is sent");
        }
        if (config.has(ShimFlag.KEY_SHARES)) {
            return Set.copyOf(config.numbers(ShimFlag.KEY_SHARES));
        }
        Set<Integer> shares = new HashSet<>(Set.of(groups.get(0)));
        groups.stream()
                .filter(g -> POST_QUANTUM.contains(g) != POST_QUANTUM.contains(groups.get(0)))
                .findFirst()
                .ifPresent(shares::add);
        return shares;
    }

    private static String groupName(int code) throws Unimplemented {
        NamedGroup g = NamedGroup.of(code);
        if (g == null) {
            throw new Unimplemented(String.format("group 0x%04x", code));
        }
        return g.opensslName();
    }

    /** Which signatures we make and take. OpenSSL's calls go by what is sent in the ClientHello and what in the CertificateRequest, BoringSSL's by who signs. */
    private void signatures() throws Unimplemented {
        SignatureScheme[] ours = schemes(ShimFlag.SIGNING_PREFS, DEFAULT_SIGNING);
        SignatureScheme[] theirs = schemes(ShimFlag.VERIFY_PREFS, DEFAULT_VERIFYING);
        try {
            ctx.set1Sigalgs(config.has(ShimFlag.SERVER) ? ours : theirs);
            ctx.set1ClientSigalgs(config.has(ShimFlag.SERVER) ? theirs : ours);
        } catch (IllegalArgumentException e) {
            throw new Unimplemented(e.getMessage());
        }
        ctx.setOwnCertNeeded(true); // BoringSSL's clients do not fall back to no certificate
    }

    /** Those of a list that the library knows: what it does not know it can neither make nor verify, as the tests of MD5 want it. */
    private SignatureScheme[] schemes(ShimFlag flag, List<Integer> without) throws Unimplemented {
        List<Integer> codes = new ArrayList<>(config.has(flag) ? config.numbers(flag) : without);
        if (flag == ShimFlag.VERIFY_PREFS && codes.equals(List.of(SignatureScheme.RSA_PKCS1_SHA256_LEGACY.code()))) {
            codes.addAll(without); // a client has to offer something else (RFC 9963 §3), and still to refuse this one
        }
        SignatureScheme[] known = codes.stream()
                .map(SignatureScheme::of)
                .filter(Objects::nonNull)
                .distinct()
                .toArray(SignatureScheme[]::new);
        if (known.length == 0) {
            throw new Unimplemented("signature schemes " + codes);
        }
        return known;
    }

    /** For TLS 1.2 and before: a key, its name, and the same name as the server's hint. */
    private void sharedKey() {
        String identity = config.text(ShimFlag.PSK_IDENTITY);
        if (config.has(ShimFlag.PSK_IDENTITY)) {
            ctx.usePskIdentityHint(identity);
        }
        if (!config.has(ShimFlag.PSK)) {
            return;
        }
        byte[] name = bytes(identity);
        byte[] key = bytes(config.text(ShimFlag.PSK));
        ctx.setPskClientCallback((ssl, hint) -> {
            if (!observed.serverHello()) {
                return PskClientCb.Answer.NONE; // OpenSSL asks for TLS 1.3, too, BoringSSL does not
            }
            boolean asExpected = identity.isEmpty() ? hint == null : Arrays.equals(name, hint);
            observed.note(asExpected, "the server's hint is another one");
            return asExpected ? PskClientCb.Answer.of(name, key) : PskClientCb.Answer.NONE;
        });
        ctx.setPskServerCallback((ssl, theirs) -> {
            boolean asExpected = Arrays.equals(name, theirs);
            observed.note(asExpected, "the client's identity is another one");
            return asExpected ? PskServerCb.Answer.of(key) : PskServerCb.Answer.NONE;
        });
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private void certificates() throws ShimFailure, Unimplemented {
        authorities();
        boolean given = config.hasAny(ShimFlag.CERT_FILE, ShimFlag.KEY_FILE);
        if (given && !(config.has(ShimFlag.CERT_FILE) && config.has(ShimFlag.KEY_FILE))) {
            throw new Unimplemented("a certificate without its key, or the other way round");
        }
        if (config.has(ShimFlag.USE_OLD_CLIENT_CERT_CALLBACK)) {
            ctx.setClientCertCb(ssl -> {
                if (late()) {
                    return ClientCertCb.Answer.LATER;
                }
                return given
                        ? RunnerCertificate.answer(file(ShimFlag.CERT_FILE), file(ShimFlag.KEY_FILE))
                        : ClientCertCb.Answer.NONE;
            });
            return;
        }
        boolean early = config.has(ShimFlag.USE_EARLY_CALLBACK);
        if (!early && !config.has(ShimFlag.ASYNC)) {
            try {
                if (given) {
                    ctx.useCertAndKeyFile(file(ShimFlag.CERT_FILE), file(ShimFlag.KEY_FILE), null);
                }
            } catch (IOException | GeneralSecurityException e) {
                throw new ShimFailure("certificate and key: " + e);
            }
        }
        ctx.setCertCb(ssl -> {
            if (late()) {
                return CertCb.Answer.LATER;
            }
            if (config.has(ShimFlag.FAIL_CERT_CALLBACK)) {
                return CertCb.Answer.FAIL;
            }
            if (given && !early && config.has(ShimFlag.ASYNC)) {
                install(ssl);
            }
            return CertCb.Answer.OK;
        });
    }

    private void install(Ssl ssl) throws GeneralSecurityException {
        try {
            ssl.useCertAndKeyFile(file(ShimFlag.CERT_FILE), file(ShimFlag.KEY_FILE), null);
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private Path file(ShimFlag flag) {
        return Path.of(config.text(flag));
    }

    private boolean late() {
        return config.has(ShimFlag.ASYNC) && !observed.certificateReady;
    }

    private void authorities() {
        String list = config.text(ShimFlag.USE_CLIENT_CA_LIST);
        if (list.isEmpty() || list.startsWith("<")) {
            return; // <EMPTY> and <NULL>: no names
        }
        List<X500Principal> names = new ArrayList<>();
        for (String hex : list.split(",")) {
            names.add(new X500Principal(HexFormat.of().parseHex(hex)));
        }
        ctx.setClientCaList(names);
    }

    /** Everybody is trusted unless the test says otherwise: the runner's certificates are made for that. */
    private void verification() {
        VerifyMode mode = VerifyMode.NONE;
        if (config.has(ShimFlag.REQUIRE_ANY_CLIENT_CERTIFICATE)) {
            mode = VerifyMode.PEER_FAIL_IF_NO_PEER_CERT;
        } else if (config.has(ShimFlag.VERIFY_PEER)) {
            mode = VerifyMode.PEER;
        }
        ctx.disableHostnameCheck();
        ctx.setVerify(mode, null);
        // With the one of BoringSSL's two callbacks certificate_unknown is expected, with the other one
        // handshake_failure.
        boolean custom = config.has(ShimFlag.USE_CUSTOM_VERIFY_CALLBACK);
        CertVerifyCb.Verdict verdict = config.has(ShimFlag.VERIFY_FAIL)
                ? CertVerifyCb.Verdict.refuse(
                        custom ? VerifyResult.NO_EXPLICIT_POLICY : VerifyResult.APPLICATION_VERIFICATION)
                : CertVerifyCb.Verdict.ACCEPT;
        boolean late = custom && config.has(ShimFlag.ASYNC);
        ctx.setCertVerifyCallback(
                chain -> late && !observed.verifyReady ? CertVerifyCb.Verdict.LATER : observed.verified(verdict));
    }

    private void helloCallbacks() {
        ctx.setClientHelloCb((ssl, hello) -> {
            if (config.has(ShimFlag.ASYNC) && !observed.clientHelloReady) {
                return ClientHelloAnswer.RETRY;
            }
            observed.clientHelloTaken = true;
            ciphers.fit(ssl, hello.ciphers());
            if (config.has(ShimFlag.FAIL_EARLY_CALLBACK)) {
                return ClientHelloAnswer.error(AlertDescription.HANDSHAKE_FAILURE);
            }
            if (config.has(ShimFlag.USE_EARLY_CALLBACK) && config.has(ShimFlag.CERT_FILE)) {
                try {
                    install(ssl);
                } catch (GeneralSecurityException e) {
                    observed.note(false, "certificate and key: " + e);
                    return ClientHelloAnswer.error(AlertDescription.INTERNAL_ERROR);
                }
            }
            return ClientHelloAnswer.SUCCESS;
        });
        ctx.setTlsextServernameCallback((ssl, name) -> {
            String expected = config.text(ShimFlag.EXPECT_SERVER_NAME);
            if (!expected.isEmpty() && !expected.equals(name)) {
                observed.note(false, "the callback should have been given " + expected + ", not " + name);
                return ServernameAnswer.alertFatal(AlertDescription.UNRECOGNIZED_NAME);
            }
            return config.has(ShimFlag.NO_SERVER_NAME_ACK) ? ServernameAnswer.NOACK : ServernameAnswer.OK;
        });
    }

    private void alpn() throws ShimFailure {
        if (config.has(ShimFlag.ADVERTISE_ALPN)) {
            ctx.setAlpnProtos(protocols(config.text(ShimFlag.ADVERTISE_ALPN)).toArray(String[]::new));
        }
        if (config.hasAny(
                ShimFlag.SELECT_ALPN, ShimFlag.SELECT_EMPTY_ALPN, ShimFlag.DECLINE_ALPN, ShimFlag.REJECT_ALPN)) {
            List<String> expected = protocols(config.text(ShimFlag.EXPECT_ADVERTISED_ALPN));
            ctx.setAlpnSelectCb(offered -> {
                if (config.has(ShimFlag.DECLINE_ALPN)) {
                    return AlpnSelectCb.NO_ACK;
                }
                boolean asExpected = expected.isEmpty() || expected.equals(offered);
                observed.note(asExpected, "the client should have offered " + expected + ", not " + offered);
                // Without -select-alpn the answer is empty, which -select-empty-alpn is about.
                return config.has(ShimFlag.REJECT_ALPN) || !asExpected ? null : config.text(ShimFlag.SELECT_ALPN);
            });
        }
    }

    /** The names of a list in the form of the wire: each behind its length in one byte. */
    private static List<String> protocols(String wire) throws ShimFailure {
        List<String> names = new ArrayList<>();
        for (int at = 0; at < wire.length(); ) {
            int end = at + 1 + wire.charAt(at);
            if (end > wire.length()) {
                throw new ShimFailure(ExitCode.MUST_FAIL, "a list of protocols that ends too early");
            }
            names.add(wire.substring(at + 1, end));
            at = end;
        }
        return names;
    }
}
