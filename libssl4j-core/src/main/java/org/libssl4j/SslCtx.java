// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import javax.security.auth.x500.X500Principal;
import org.libssl4j.config.CipherList;
import org.libssl4j.config.CipherString;
import org.libssl4j.config.Credentials;
import org.libssl4j.config.GroupList;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.config.RecordSettings;
import org.libssl4j.config.SecurityLevel;
import org.libssl4j.config.SignatureList;
import org.libssl4j.config.StatelessCookies;
import org.libssl4j.config.Verification;
import org.libssl4j.config.Versions;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.CryptoPolicy;
import org.libssl4j.crypto.Secret;
import org.libssl4j.crypto.jca.JcaCrypto;
import org.libssl4j.crypto.pem.Certificates;
import org.libssl4j.crypto.pem.HashedDirectory;
import org.libssl4j.crypto.pem.Pkcs12;
import org.libssl4j.crypto.pem.PrivateKeys;
import org.libssl4j.handshake.Negotiated;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.HashAlgorithm;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.iana.SignatureScheme;
import org.libssl4j.session.TicketKey;
import org.libssl4j.session.TicketKeys;
import org.libssl4j.spi.AlpnSelectCb;
import org.libssl4j.spi.CertVerifyCb;
import org.libssl4j.spi.FragmentLength;
import org.libssl4j.spi.InfoCb;
import org.libssl4j.spi.KeylogCb;
import org.libssl4j.spi.MsgCb;
import org.libssl4j.spi.VerifyCb;
import org.libssl4j.spi.VerifyMode;

/**
 * What connections have in common: SSL_CTX of OpenSSL (SSL_CTX_new(3)).
 *
 * <p>Thread-safe. A setter swaps the whole configuration at once; an {@link Ssl} keeps the one that it was created with. So a certificate is renewed by setting it again: new connections have it, running ones are not disturbed.
 *
 * <p>Safe by default: a client verifies the server's chain and name. {@link #setVerify} and {@link #disableHostnameCheck} turn that off.
 */
public final class SslCtx {
    private static final long MAX_TIMEOUT = Integer.MAX_VALUE;

    private final TlsMethod method;
    private final Crypto crypto;
    private HandshakeConfig config; // guarded by this
    private Set<SslOption> options =
            EnumSet.of(SslOption.ENABLE_MIDDLEBOX_COMPAT, SslOption.NO_COMPRESSION, SslOption.NO_RENEGOTIATION);
    // guarded by this
    private Set<SslMode> modes = EnumSet.of(SslMode.AUTO_RETRY); // guarded by this
    private StatelessCookieGenerateCb cookieGenerate; // guarded by this
    private StatelessCookieVerifyCb cookieVerify; // guarded by this
    private Secret cookieKey; // guarded by this; made when a cookie is first needed
    private boolean quietShutdown; // guarded by this
    private boolean readAhead; // guarded by this
    private CertCb certCb; // guarded by this
    private ClientCertCb clientCertCb; // guarded by this
    private PskClientCb pskClientCb; // guarded by this
    private PskServerCb pskServerCb; // guarded by this
    private RecordPaddingCb recordPadding; // guarded by this
    private final ExData exData = new ExData(); // guarded by this
    private final CtxSessions sessions;
    private ClientHelloCb clientHelloCb; // guarded by this
    private ServernameCb servernameCb; // guarded by this
    private SslAlpnSelectCb alpnSelectCb; // guarded by this

    /**
     * A context with the default choice of crypto providers (SSL_CTX_new(3)).
     *
     * @param method which roles its connections may have
     */
    public SslCtx(TlsMethod method) {
        this(method, CryptoPolicy.DEFAULT.policyName());
    }

    /**
     * A context with a choice of crypto providers; {@code docs/crypto-providers.md} has the table.
     *
     * @param method which roles its connections may have
     * @param cryptoPolicy "default", "fastest" or "jdk-only"
     * @throws IllegalArgumentException for another name
     */
    public SslCtx(TlsMethod method, String cryptoPolicy) {
        this(method, JcaCrypto.of(CryptoPolicy.byName(cryptoPolicy)));
    }

    SslCtx(TlsMethod method, Crypto crypto) {
        this.method = Objects.requireNonNull(method);
        this.crypto = crypto;
        this.sessions = new CtxSessions(this, crypto);
        this.config = new HandshakeConfig(
                Versions.DEFAULT,
                CipherList.DEFAULT.only(s -> supports(crypto, s)),
                GroupList.parse(GroupList.DEFAULT, crypto::supports),
                defaultSignatures(crypto));
    }

    private static SignatureList defaultSignatures(Crypto crypto) {
        return new SignatureList(List.of(
                        SignatureScheme.MLDSA65,
                        SignatureScheme.MLDSA87,
                        SignatureScheme.MLDSA44,
                        SignatureScheme.ECDSA_SECP256R1_SHA256,
                        SignatureScheme.ECDSA_SECP384R1_SHA384,
                        SignatureScheme.ECDSA_SECP521R1_SHA512,
                        SignatureScheme.ED25519,
                        SignatureScheme.ED448,
                        SignatureScheme.RSA_PSS_PSS_SHA256,
                        SignatureScheme.RSA_PSS_PSS_SHA384,
                        SignatureScheme.RSA_PSS_PSS_SHA512,
                        SignatureScheme.RSA_PSS_RSAE_SHA256,
                        SignatureScheme.RSA_PSS_RSAE_SHA384,
                        SignatureScheme.RSA_PSS_RSAE_SHA512,
                        SignatureScheme.RSA_PKCS1_SHA256,
                        SignatureScheme.RSA_PKCS1_SHA384,
                        SignatureScheme.RSA_PKCS1_SHA512)
                .stream()
                .filter(crypto::supportsInCertificates)
                .toList());
    }

    // ---- certificates and keys -------------------------------------------------------------------------------------

    /**
     * Takes our chain and its key (SSL_CTX_use_cert_and_key(3)) in place of one with the same kind of key.
     *
     * @param chain our certificate first, then those that lead to an anchor
     * @param key the key of the first; one that a token keeps will do
     * @throws GeneralSecurityException if the key does not belong to the certificate
     */
    public void useCertAndKey(List<X509Certificate> chain, PrivateKey key) throws GeneralSecurityException {
        use(OwnKey.encoded(chain), key);
    }

    /**
     * Takes chain and key from PEM files (SSL_CTX_use_certificate_chain_file(3), SSL_CTX_use_PrivateKey_file(3)).
     *
     * @param chainFile PEM or DER; our certificate first
     * @param keyFile PKCS#8, SEC1 or PKCS#1, in PEM or DER
     * @param password of an encrypted key, or null
     * @throws IOException if a file cannot be read
     * @throws GeneralSecurityException if it has no certificate or key in it, or they do not belong together
     */
    public void useCertAndKeyFile(Path chainFile, Path keyFile, char[] password)
            throws IOException, GeneralSecurityException {
        use(Certificates.read(chainFile), PrivateKeys.read(keyFile, password));
    }

    /**
     * Takes chain and key from a PKCS#12 file.
     *
     * @param file it
     * @param password of the file
     * @throws IOException if it cannot be read
     * @throws GeneralSecurityException if the password is wrong or there is no key in it
     */
    public void usePkcs12File(Path file, char[] password) throws IOException, GeneralSecurityException {
        Pkcs12 p = Pkcs12.read(file, password);
        use(p.chain(), p.key());
    }

    private void use(List<byte[]> chain, PrivateKey key) throws GeneralSecurityException {
        Credentials.Credential c = OwnKey.of(crypto, config().level(), chain, key);
        synchronized (this) {
            config = config.with(config.credentials().plus(c));
        }
    }

    /**
     * The certificate that was set last (SSL_CTX_get0_certificate(3)).
     *
     * @return it; null if none was set, or the JDK cannot parse it
     */
    public synchronized X509Certificate get0Certificate() {
        return new SslInfo(config, new Negotiated()).ownCertificate();
    }

    /**
     * The key of the certificate that was set last (SSL_CTX_get0_privatekey(3)): the object that was set, which may stand for a key in a token.
     *
     * @return it; null if none was set
     */
    public synchronized PrivateKey get0Privatekey() {
        return new SslInfo(config, new Negotiated()).ownKey();
    }

    // ---- whom to trust ---------------------------------------------------------------------------------------------

    /**
     * Trusts the certificates of a file (SSL_CTX_load_verify_file(3)), beside those trusted already.
     *
     * @param file PEM with any number of certificates, or DER
     * @throws IOException if it cannot be read
     * @throws GeneralSecurityException if there is no certificate in it, or one that cannot be parsed
     */
    public void loadVerifyFile(Path file) throws IOException, GeneralSecurityException {
        addTrusted(Certificates.readX509(Files.readAllBytes(file)));
    }

    /**
     * Trusts the certificates of a directory in OpenSSL's hash format (SSL_CTX_load_verify_dir(3)), beside those trusted already: the files, or links, that {@code openssl rehash} has made, such as {@code 5ed36f99.0}. They are read now; a file that is added later counts for who calls this again.
     *
     * @param directory it; files of other names in it, files whose name is the hash of no subject in them, and files before whose number another one is missing are passed over
     * @throws IOException if it cannot be read
     */
    public void loadVerifyDir(Path directory) throws IOException {
        addTrusted(HashedDirectory.read(directory));
    }

    /**
     * Trusts what the platform trusts (SSL_CTX_set_default_verify_paths(3)): the file that the environment variable SSL_CERT_FILE names, else the JDK's {@code cacerts}.
     *
     * @throws IOException if it cannot be read
     * @throws GeneralSecurityException if it cannot be parsed
     */
    public void setDefaultVerifyPaths() throws IOException, GeneralSecurityException {
        String file = System.getenv("SSL_CERT_FILE");
        if (file != null && !file.isEmpty()) {
            loadVerifyFile(Path.of(file));
        } else {
            addTrusted(Certificates.ofPlatform());
        }
    }

    /**
     * Trusts certificates (X509_STORE_add_cert(3)), beside those trusted already.
     *
     * @param certificates they
     */
    public synchronized void addTrusted(Collection<X509Certificate> certificates) {
        Verification v = config.verification();
        config = config.with(v.with(v.anchors().plus(certificates)));
    }

    /**
     * Says what of a peer's certificate is asked (SSL_CTX_set_verify(3)). By default a client verifies, and a server asks for none; OpenSSL's clients do not verify by default.
     *
     * @param mode {@link VerifyMode#NONE} lets anybody be the server
     * @param callback has the last word, or null
     */
    public synchronized void setVerify(VerifyMode mode, VerifyCb callback) {
        config = config.with(
                config.verification().with(Objects.requireNonNull(mode)).with(callback));
    }

    /**
     * Has a peer's certificates judged by a callback alone (SSL_CTX_set_cert_verify_callback(3)): the library verifies nothing then, no chain, no purpose, no name, and the callback of {@link #setVerify} is not asked. It is asked in each mode; in {@link VerifyMode#NONE} its refusal is noted and does not end the handshake.
     *
     * @param callback it, or null for the library's own verification
     */
    public synchronized void setCertVerifyCallback(CertVerifyCb callback) {
        config = config.with(config.verification().with(callback));
    }

    /**
     * Lets a client that verifies do without a name to check: any name then will do, as with OpenSSL where none was set. A name that is set is checked all the same.
     */
    public synchronized void disableHostnameCheck() {
        config = config.with(config.verification().withNameNeeded(false));
    }

    /**
     * How many intermediate certificates a chain may have (SSL_CTX_set_verify_depth(3)); 100 by default.
     *
     * @param depth 0 or more
     * @throws IllegalArgumentException for less
     */
    public synchronized void setVerifyDepth(int depth) {
        config = config.with(config.verification().withDepth(checkedDepth(depth)));
    }

    static int checkedDepth(int depth) {
        if (depth < 0) {
            throw new IllegalArgumentException("a depth of " + depth);
        }
        return depth;
    }

    /**
     * What of a peer's certificate is asked (SSL_CTX_get_verify_mode(3)).
     *
     * @return the mode that was set, or the default of the only role that connections may have, as {@link Ssl#getVerifyMode} says; null if none was set and they may have either role
     */
    public synchronized VerifyMode getVerifyMode() {
        Verification v = config.verification();
        return method == TlsMethod.TLS ? v.mode() : v.modeFor(method == TlsMethod.TLS_CLIENT);
    }

    /**
     * The callback of {@link #setVerify} (SSL_CTX_get_verify_callback(3)).
     *
     * @return it, or null
     */
    public synchronized VerifyCb getVerifyCallback() {
        return config.verification().callback();
    }

    /**
     * How many intermediate certificates a chain may have (SSL_CTX_get_verify_depth(3)).
     *
     * @return it; 100 by default
     */
    public synchronized int getVerifyDepth() {
        return config.verification().depth();
    }

    /**
     * The cipher suites that were set, in order of preference, those of TLS 1.3 first (SSL_CTX_get_ciphers(3)). {@link Ssl#get1SupportedCiphers} says which of them may be used.
     *
     * @return their names, as OpenSSL has them
     */
    public synchronized List<String> getCiphers() {
        return config.ciphers().all().stream().map(CipherSuite::opensslName).toList();
    }

    /**
     * Keeps something with this context, for its user (SSL_CTX_set_ex_data(3)). Nothing is done with it, and connections have their own.
     *
     * @param key under which it is found
     * @param value in place of the one before; null for none
     * @param <T> its type
     */
    public synchronized <T> void setExData(ExDataKey<T> key, T value) {
        exData.set(key, value);
    }

    /**
     * What {@link #setExData} has kept (SSL_CTX_get_ex_data(3)).
     *
     * @param key under which
     * @param <T> its type
     * @return it; null if there is none
     */
    public synchronized <T> T getExData(ExDataKey<T> key) {
        return exData.get(key);
    }

    /**
     * The clock against which validity is measured (X509_VERIFY_PARAM_set_time(3)); the system's by default.
     *
     * @param clock it
     */
    public synchronized void setClock(Clock clock) {
        config = config.with(Objects.requireNonNull(clock));
    }

    // ---- authentication ---------------------------------------------------------------------------------------------

    /**
     * The authorities whose certificates we would take, sent in certificate_authorities by either role (SSL_CTX_set0_CA_list(3), RFC 9846 §4.3.4). A hint for the peer: what it shows is judged by the anchors alone.
     *
     * @param names of authorities, as in their certificates; none to send no names
     * @throws IllegalArgumentException if they take more than 65,535 bytes together
     */
    public synchronized void set0CaList(Collection<X500Principal> names) {
        config = AuthChange.caList(config, names);
    }

    /**
     * What {@link #set0CaList} has set (SSL_CTX_get0_CA_list(3)).
     *
     * @return the names; empty if there are none
     */
    public synchronized List<X500Principal> get0CaList() {
        return CaNames.parsed(config.auth().authorities());
    }

    /**
     * Adds the subject of a certificate to the names of {@link #set0CaList} (SSL_CTX_add1_to_CA_list(3)).
     *
     * @param certificate of an authority
     */
    public synchronized void add1ToCaList(X509Certificate certificate) {
        config = AuthChange.addCa(config, certificate.getSubjectX500Principal());
    }

    /**
     * The authorities that a server names when it asks for a client's certificate, in place of those of {@link #set0CaList} (SSL_CTX_set_client_CA_list(3)).
     *
     * @param names of authorities, as in their certificates; none to send no names
     * @throws IllegalArgumentException if they take more than 65,535 bytes together
     */
    public synchronized void setClientCaList(Collection<X500Principal> names) {
        config = AuthChange.clientCaList(config, names);
    }

    /**
     * What {@link #setClientCaList} has set (SSL_CTX_get_client_CA_list(3)).
     *
     * @return the names; empty if there are none
     */
    public synchronized List<X500Principal> getClientCaList() {
        return CaNames.parsed(config.auth().clientAuthorities());
    }

    /**
     * Adds the subject of a certificate to the names of {@link #setClientCaList} (SSL_CTX_add_client_CA(3)).
     *
     * @param certificate of an authority
     */
    public synchronized void addClientCa(X509Certificate certificate) {
        config = AuthChange.addClientCa(config, certificate.getSubjectX500Principal());
    }

    /**
     * The subjects of the certificates in a file, each once (SSL_load_client_CA_file(3)).
     *
     * @param file PEM with any number of certificates, or DER
     * @return the names, for {@link #setClientCaList}
     * @throws IOException if it cannot be read
     * @throws GeneralSecurityException if there is no certificate in it, or one that cannot be parsed
     */
    public static List<X500Principal> loadClientCaFile(Path file) throws IOException, GeneralSecurityException {
        return Certificates.readX509(Files.readAllBytes(file)).stream()
                .map(X509Certificate::getSubjectX500Principal)
                .distinct()
                .toList();
    }

    /**
     * The signature schemes that a client accepts of servers, and that a server signs with; also those of clients where {@link #set1ClientSigalgsList} does not say otherwise (SSL_CTX_set1_sigalgs_list(3)).
     *
     * @param list schemes by name or as pairs, in order of preference, separated by colons: "ECDSA+SHA256:RSA-PSS+SHA256:ed25519"; one that is not to be had is an error, with "?" before it is left out
     * @throws IllegalArgumentException for an unknown name without "?", one that no crypto provider here has, or none at all
     */
    public synchronized void set1SigalgsList(String list) {
        config = config.with(AuthChange.list(crypto, list));
    }

    /**
     * As {@link #set1SigalgsList} (SSL_CTX_set1_sigalgs(3)).
     *
     * @param schemes in order of preference, at least one
     * @throws IllegalArgumentException for one that no crypto provider here has, or none at all
     */
    public synchronized void set1Sigalgs(SignatureScheme... schemes) {
        config = config.with(AuthChange.list(crypto, schemes));
    }

    /**
     * The signature schemes that a client signs with, and that a server accepts of clients and names when it asks for a certificate (SSL_CTX_set1_client_sigalgs_list(3)).
     *
     * @param list as for {@link #set1SigalgsList}
     * @throws IllegalArgumentException for an unknown name without "?", one that no crypto provider here has, or none at all
     */
    public synchronized void set1ClientSigalgsList(String list) {
        config = config.withClientSignatures(AuthChange.list(crypto, list));
    }

    /**
     * As {@link #set1ClientSigalgsList} (SSL_CTX_set1_client_sigalgs(3)).
     *
     * @param schemes in order of preference, at least one
     * @throws IllegalArgumentException for one that no crypto provider here has, or none at all
     */
    public synchronized void set1ClientSigalgs(SignatureScheme... schemes) {
        config = config.withClientSignatures(AuthChange.list(crypto, schemes));
    }

    /**
     * The signature schemes that certificates of the peer may be signed with, sent in signature_algorithms_cert (RFC 9846 §4.3.3); OpenSSL has no such call. Without it the list for the handshake goes for certificates as well, which is of use only where that one was made short: a strict peer with a fitting key may have no chain that is signed so. Chains are judged all the same.
     *
     * @param list as for {@link #set1SigalgsList}; null to send no extension
     * @throws IllegalArgumentException for an unknown name without "?", one that no crypto provider here has, or none at all
     */
    public synchronized void set1SigalgsCertList(String list) {
        config = config.withCertificateSignatures(list == null ? null : AuthChange.certificateList(crypto, list));
    }

    /**
     * Whether a client may be asked for its certificate after the handshake (SSL_CTX_set_post_handshake_auth(3), RFC 9846 §4.7.2); off by default.
     *
     * @param yes whether
     */
    public synchronized void setPostHandshakeAuth(boolean yes) {
        config = config.with(config.auth().withPostHandshake(yes));
    }

    /**
     * Whether a client that has certificates, none of which fits what the server asks for, ends the handshake with handshake_failure; OpenSSL has no such call. Off by default: as RFC 9846 §4.5.1 has it, it goes on without a certificate.
     *
     * @param yes whether
     */
    public synchronized void setOwnCertNeeded(boolean yes) {
        config = config.with(config.auth().withOwnNeeded(yes));
    }

    /**
     * May set certificate and key just before they are needed (SSL_CTX_set_cert_cb(3)).
     *
     * @param callback it, or null
     */
    public synchronized void setCertCb(CertCb callback) {
        certCb = callback;
    }

    /**
     * Gives a client's certificate where none that is set fits what the server asks for (SSL_CTX_set_client_cert_cb(3)).
     *
     * @param callback it, or null
     */
    public synchronized void setClientCertCb(ClientCertCb callback) {
        clientCertCb = callback;
    }

    /**
     * Gives clients their pre-shared keys (SSL_CTX_set_psk_client_callback(3)). In TLS 1.3 it is asked before anything is sent, without a hint, and the key is for suites with SHA-256. Without it, in TLS 1.2 and before, cipher suites that need one are not offered, whatever {@link #setCipherList} says.
     *
     * @param callback it, or null
     */
    public synchronized void setPskClientCallback(PskClientCb callback) {
        pskClientCb = callback;
    }

    /**
     * Gives servers the pre-shared keys of clients (SSL_CTX_set_psk_server_callback(3)). In TLS 1.3 it is asked for each identity that a client offers, tickets among them, and its key is for suites with SHA-256; one without a key is passed over. Without it, in TLS 1.2 and before, cipher suites that need one are not chosen, whatever {@link #setCipherList} says. A server that has it needs no certificate.
     *
     * @param callback it, or null
     */
    public synchronized void setPskServerCallback(PskServerCb callback) {
        pskServerCb = callback;
    }

    /**
     * What a server says to help a client choose its identity (SSL_CTX_use_psk_identity_hint(3), RFC 4279 §5.2), unprotected.
     *
     * @param hint it, sent in UTF-8: 256 bytes at most; null or the empty string for none
     * @throws IllegalArgumentException for a longer one
     */
    public synchronized void usePskIdentityHint(String hint) {
        config = config.with(config.psk().withHint(Ssl.hint(hint)));
    }

    // ---- what is negotiated ----------------------------------------------------------------------------------------

    /**
     * The TLS 1.3 cipher suites in order of preference (SSL_CTX_set_ciphersuites(3)).
     *
     * @param list IANA names, separated by colons
     * @throws IllegalArgumentException for an unknown name, one that no crypto provider here has, or none at all
     */
    public synchronized void setCiphersuites(String list) {
        config = config.with(config.ciphers().withSuites13(ciphersuites(list)));
    }

    List<CipherSuite> ciphersuites(String list) {
        List<CipherSuite> suites = CipherList.parse13(list);
        suites.forEach(s -> available(supports(crypto, s), s.name()));
        return suites;
    }

    /**
     * The cipher suites of TLS 1.2 and before in order of preference, in OpenSSL's language (SSL_CTX_set_cipher_list(3), ciphers(1)): "ECDHE+AESGCM:ECDHE+CHACHA20:!aNULL:@SECLEVEL=2". "DEFAULT", what a context begins with, are OpenSSL's but for those with key exchange by RSA encryption, which have to be asked for: "DEFAULT:kRSA". A level in the string is as if {@link #setSecurityLevel} were called. Keywords and names for what OpenSSL has and this library leaves out are known and choose nothing; {@code docs/deviations.md} has the differences.
     *
     * @param string names of suites, OpenSSL's or the registry's, and keywords, joined by "+", separated by colons; "-" puts back, "!" drops for good, "+" moves to the end
     * @throws IllegalArgumentException for a name that is not known, a suite to be chosen by its name that no crypto provider here has, a malformed string, or one that leaves no suite; nothing is changed then
     */
    public synchronized void setCipherList(String string) {
        CipherString parsed = cipherString(string);
        config = config.with(config.ciphers().withSuites12(parsed.suites()));
        if (parsed.level() != null) {
            config = config.with(parsed.level());
        }
    }

    CipherString cipherString(String string) {
        return CipherString.parse(string, s -> supports(crypto, s));
    }

    /**
     * How weak anything may be that a connection rests on (SSL_CTX_set_security_level(3)); 2 by default, as with OpenSSL since 3.2. Keys, groups, signatures and ciphers need 0, 80, 112, 128, 192 or 256 bits of security at level 0, 1, 2, 3, 4 or 5; TLS 1.0 and 1.1 and signatures with SHA-1 are for level 0 alone, and from level 3 on there are no suites without forward secrecy and no tickets before TLS 1.3.
     *
     * @param level 0 to 5
     * @throws IllegalArgumentException for another value
     */
    public synchronized void setSecurityLevel(int level) {
        config = config.with(SecurityLevel.of(level));
    }

    /**
     * The security level (SSL_CTX_get_security_level(3)).
     *
     * @return 0 to 5
     */
    public synchronized int getSecurityLevel() {
        return config.level().number();
    }

    /**
     * The oldest version that may be spoken (SSL_CTX_set_min_proto_version(3)). TLS 1.0 and 1.1 need security level 0 besides.
     *
     * @param version it; null for the oldest that there is
     */
    public synchronized void setMinProtoVersion(ProtocolVersion version) {
        config = config.with(config.ownVersions().withMin(version == null ? Versions.OLDEST : version));
    }

    /**
     * The newest version that may be spoken (SSL_CTX_set_max_proto_version(3)).
     *
     * @param version it; null for the newest that there is
     */
    public synchronized void setMaxProtoVersion(ProtocolVersion version) {
        config = config.with(config.ownVersions().withMax(version == null ? Versions.NEWEST : version));
    }

    /**
     * The oldest version that may be spoken, options and security level apart (SSL_CTX_get_min_proto_version(3)).
     *
     * @return it
     */
    public synchronized ProtocolVersion getMinProtoVersion() {
        return config.ownVersions().min();
    }

    /**
     * The newest version that may be spoken, options and security level apart (SSL_CTX_get_max_proto_version(3)).
     *
     * @return it
     */
    public synchronized ProtocolVersion getMaxProtoVersion() {
        return config.ownVersions().max();
    }

    /**
     * Whether a server makes ephemeral Diffie-Hellman over a finite field of its own choice (SSL_CTX_set_dh_auto(3)): one that the client names (RFC 7919), else ffdhe2048, or ffdhe3072 where the security level asks for it. Off by default, so that there are no DHE suites without {@link #setTmpDh}. TLS 1.2 and before; in TLS 1.3 {@link #set1GroupsList} is all.
     *
     * @param yes whether
     */
    public synchronized void setDhAuto(boolean yes) {
        config = config.with(config.legacy().withDhAuto(yes));
    }

    /**
     * The finite field of a server's ephemeral Diffie-Hellman (SSL_CTX_set0_tmp_dh_pkey(3)), for all clients, or with {@link #setDhAuto} for those that name none (RFC 7919 §4). Each connection has a key of its own in it. TLS 1.2 and before.
     *
     * @param p the prime, odd, of up to 10,000 bits, and of as many as the security level asks for; if that is raised later, the field is not used
     * @param g the generator, {@code 1 < g < p-1}
     * @throws IllegalArgumentException for other numbers; nothing is changed then
     */
    public synchronized void setTmpDh(BigInteger p, BigInteger g) {
        config = config.with(config.legacy().with(ServerField.of(config.level(), p, g)));
    }

    /**
     * The groups for the key exchange in OpenSSL's language (SSL_CTX_set1_groups_list(3), as of 3.5): names in any case, separated by ":" within a tuple and by "/" between tuples. A server takes a group of the first tuple that has one in common with the client, within it one that a key share came of; {@link SslOption#CIPHER_SERVER_PREFERENCE} says whose order counts there. Before a name "*" has a client send a key share, at most four; without any it sends one of the first group. "?" passes over a name that is not known or that no crypto provider here has, "-" removes a group named before. "DEFAULT" stands for the list that a context begins with, "?*X25519MLKEM768 / ?*X25519:?secp256r1 / ?X448:?secp384r1:?secp521r1 / ?ffdhe2048:?ffdhe3072": a group that stands before it in a tuple joins its first one, a group behind it its last one.
     *
     * @param list it: "*X25519:P-256 / P-384"
     * @throws IllegalArgumentException for a malformed list, an unknown name, one that no crypto provider here has, or no group at all
     */
    public synchronized void set1GroupsList(String list) {
        config = config.with(groups(list));
    }

    GroupList groups(String list) {
        return GroupList.parse(list, crypto::supports);
    }

    /**
     * The groups for the key exchange in order of preference, as one tuple (SSL_CTX_set1_groups(3)); a client sends a share of the first.
     *
     * @param groups which, none twice
     * @throws IllegalArgumentException for none, one twice, or one that no crypto provider here has
     */
    public synchronized void set1Groups(NamedGroup... groups) {
        config = config.with(groups(groups));
    }

    GroupList groups(NamedGroup... groups) {
        for (NamedGroup g : groups) {
            available(crypto.supports(g), g.opensslName());
        }
        return new GroupList(List.of(groups));
    }

    /**
     * Makes the application's part of the cookies of {@link Ssl#stateless} (SSL_CTX_set_stateless_cookie_generate_cb(3)).
     *
     * @param callback it, or null
     */
    public synchronized void setStatelessCookieGenerateCb(StatelessCookieGenerateCb callback) {
        cookieGenerate = callback;
    }

    /**
     * Judges the application's part of the cookies of {@link Ssl#stateless} (SSL_CTX_set_stateless_cookie_verify_cb(3)).
     *
     * @param callback it, or null
     */
    public synchronized void setStatelessCookieVerifyCb(StatelessCookieVerifyCb callback) {
        cookieVerify = callback;
    }

    /** What a connection needs to make and judge cookies, which all of this context may see; null if a callback is lacking. */
    synchronized StatelessCookies cookies(Ssl ssl) {
        StatelessCookieGenerateCb generate = cookieGenerate;
        StatelessCookieVerifyCb verify = cookieVerify;
        if (generate == null || verify == null) {
            return null;
        }
        if (cookieKey == null) {
            byte[] key = new byte[HashAlgorithm.SHA256.length()];
            crypto.random(key);
            cookieKey = Secret.of(key);
        }
        return new StatelessCookies(cookieKey, new StatelessCookies.Application() {
            @Override
            public byte[] generate() {
                return generate.generate(ssl);
            }

            @Override
            public boolean verify(byte[] cookie) {
                return verify.verify(ssl, cookie);
            }
        });
    }

    static boolean supports(Crypto crypto, CipherSuite s) {
        return s.aead() != null ? crypto.supports(s.aead()) : crypto.supports(s.cbc());
    }

    private static void available(boolean yes, String name) {
        if (!yes) {
            throw new IllegalArgumentException("no crypto provider here has " + name);
        }
    }

    /**
     * The application protocols that a client offers (SSL_CTX_set_alpn_protos(3)).
     *
     * @param protocols each of 1 to 255 bytes in ISO 8859-1, in order of preference; none to send no extension
     * @throws IllegalArgumentException for a name of another length, or names of more than 65,533 bytes together
     */
    public synchronized void setAlpnProtos(String... protocols) {
        config = config.with(config.extensions().withAlpn(AlpnNames.checked(protocols)));
    }

    /**
     * A server's choice of application protocol (SSL_CTX_set_alpn_select_cb(3)). Without one, the extension is ignored.
     *
     * @param callback it, or null
     */
    public synchronized void setAlpnSelectCb(AlpnSelectCb callback) {
        alpnSelectCb = null;
        config = config.with(config.extensions().with(callback));
    }

    /**
     * As {@link #setAlpnSelectCb(AlpnSelectCb)}, in its place, with a callback that sees the connection.
     *
     * @param callback it, or null
     */
    public synchronized void setAlpnSelectCb(SslAlpnSelectCb callback) {
        config = config.with(config.extensions().with((AlpnSelectCb) null));
        alpnSelectCb = callback;
    }

    /**
     * A server's look at the ClientHello, before anything is made of it (SSL_CTX_set_client_hello_cb(3)). It may configure the connection, refuse it, or have it wait: {@link Ssl#getError} then says WANT_CLIENT_HELLO_CB, and with the next call the callback is asked again.
     *
     * <p>It comes first of all callbacks; behind it come the one for the server name, the choice of version, cipher suite and group, the choice of a certificate, and ALPN. A client that answers a HelloRetryRequest is not asked about again.
     *
     * @param callback it, or null
     */
    public synchronized void setClientHelloCb(ClientHelloCb callback) {
        clientHelloCb = callback;
    }

    /**
     * A server's use of the name that the client asks for (SSL_CTX_set_tlsext_servername_callback(3)), called also if it asks for none. Without one no name is accepted, which a client learns by that none is acknowledged.
     *
     * @param callback it, or null
     */
    public synchronized void setTlsextServernameCallback(ServernameCb callback) {
        servernameCb = callback;
    }

    /**
     * The largest Certificate message that is taken (SSL_CTX_set_max_cert_list(3)); 102,400 by default.
     *
     * @param bytes 1 to 16,777,215
     * @throws IllegalArgumentException for another value
     */
    public synchronized void setMaxCertList(int bytes) {
        if (bytes < 1 || bytes > 0xffffff) {
            throw new IllegalArgumentException("a limit of " + bytes + " bytes; 1 to 16777215 allowed");
        }
        config = config.with(config.limits().withCertificateMessage(bytes));
    }

    // ---- records ---------------------------------------------------------------------------------------------------

    /**
     * The most content of a record that is sent (SSL_CTX_set_max_send_fragment(3)), of handshake messages as well; 16,384 by default. A peer may ask for less.
     *
     * @param bytes 512 to 16,384
     * @throws IllegalArgumentException for another value
     */
    public synchronized void setMaxSendFragment(int bytes) {
        config = config.with(config.records().withMaxSendFragment(checkedFragment(bytes)));
    }

    static int checkedFragment(int bytes) {
        if (bytes < 512 || bytes > RecordSettings.MAX_CONTENT) {
            throw new IllegalArgumentException("a fragment of " + bytes + " bytes; 512 to 16384 allowed");
        }
        return bytes;
    }

    /**
     * From how many bytes on data is split over pipelines (SSL_CTX_set_split_send_fragment(3)). As with OpenSSL while there is one pipeline, and there is no other here, records are as large as {@link #setMaxSendFragment} says; a value for it below this one takes this one down.
     *
     * @param bytes 1 to what {@link #setMaxSendFragment} says
     * @throws IllegalArgumentException for another value
     */
    public synchronized void setSplitSendFragment(int bytes) {
        config = config.with(config.records().withSplitSendFragment(checkedSplit(config.records(), bytes)));
    }

    static int checkedSplit(RecordSettings records, int bytes) {
        if (bytes < 1 || bytes > records.maxSendFragment()) {
            throw new IllegalArgumentException(
                    "a fragment of " + bytes + " bytes; 1 to " + records.maxSendFragment() + " allowed");
        }
        return bytes;
    }

    /**
     * Pads records, so that content and type fill whole blocks (SSL_CTX_set_block_padding(3); RFC 9846 §5.4). Off by default. {@link #setRecordPaddingCallback} goes before it.
     *
     * @param size of a block, 0 to 16,384; 0 and 1 for no padding
     * @throws IllegalArgumentException for another value
     */
    public void setBlockPadding(int size) {
        setBlockPadding(size, size);
    }

    /**
     * As {@link #setBlockPadding(int)}, with a block of its own for handshake messages and alerts (SSL_CTX_set_block_padding_ex(3)).
     *
     * @param data block for application data, 0 to 16,384
     * @param handshake block for handshake messages and alerts, 0 to 16,384
     * @throws IllegalArgumentException for another value
     */
    public synchronized void setBlockPadding(int data, int handshake) {
        config = config.with(config.records().withBlocks(checkedBlock(data), checkedBlock(handshake)));
    }

    static int checkedBlock(int size) {
        if (size < 0 || size > RecordSettings.MAX_CONTENT) {
            throw new IllegalArgumentException("a block of " + size + " bytes; 0 to 16384 allowed");
        }
        return size;
    }

    /**
     * Says how much padding each record gets (SSL_CTX_set_record_padding_callback(3)).
     *
     * @param callback it; null, the default, for none
     */
    public synchronized void setRecordPaddingCallback(RecordPaddingCb callback) {
        recordPadding = callback;
    }

    static RecordSettings.Padding bound(RecordPaddingCb callback, Ssl ssl) {
        return callback == null ? null : (type, length) -> callback.padding(ssl, type, length);
    }

    /**
     * The largest protected record that is taken, in bytes of content with padding and one byte of type, which the peer is told by record_size_limit (RFC 8449; OpenSSL does not have it). 16,385 by default, which is all that TLS 1.3 has. A peer that also knows the extension is sent no larger ones than it says, whatever this value.
     *
     * @param bytes 64 to 16,385; 0 to send no record_size_limit and heed none
     * @throws IllegalArgumentException for another value
     */
    public synchronized void setRecordSizeLimit(int bytes) {
        config = config.with(config.records().withSizeLimit(checkedSizeLimit(bytes)));
    }

    static int checkedSizeLimit(int bytes) {
        if (bytes != 0 && (bytes < 64 || bytes > RecordSettings.MAX_SIZE_LIMIT)) {
            throw new IllegalArgumentException("a limit of " + bytes + " bytes; 64 to 16385 allowed, or 0");
        }
        return bytes;
    }

    /**
     * Asks, as a client, for records of at most this length in both directions (SSL_CTX_set_tlsext_max_fragment_length(3); RFC 6066 §4). A server agrees to what a client asks for; one that does not know the extension ignores it. A server that knows record_size_limit is told the same by it.
     *
     * @param mode how long; DISABLED, the default, for no such extension
     */
    public synchronized void setTlsextMaxFragmentLength(FragmentLength mode) {
        config = config.with(config.records().with(Objects.requireNonNull(mode)));
    }

    /** For tests: how many records a key may seal, so that a few are enough to bring about a key update. */
    synchronized void setRecordsPerKey(long records) {
        config = config.with(config.records().withRecordsPerKey(records));
    }

    // ---- sessions --------------------------------------------------------------------------------------------------

    /**
     * Says what of sessions is kept (SSL_CTX_set_session_cache_mode(3)): by default those of servers, in this context's own cache.
     *
     * @param modes which hold from now on; none to keep nothing
     * @return a copy of those that held before
     */
    public Set<SessionCacheMode> setSessionCacheMode(SessionCacheMode... modes) {
        return sessions.setModes(modes);
    }

    /**
     * What of sessions is kept (SSL_CTX_get_session_cache_mode(3)).
     *
     * @return a copy
     */
    public Set<SessionCacheMode> getSessionCacheMode() {
        return sessions.modes();
    }

    /**
     * How many sessions the cache has at most (SSL_CTX_sess_set_cache_size(3)); 20,480 by default. When there are more, the one goes that was used longest ago.
     *
     * @param most 0 for any number, within what {@link #sessSetCacheBytes} says
     * @return how many it was before
     * @throws IllegalArgumentException for less than 0
     */
    public synchronized int sessSetCacheSize(int most) {
        if (most < 0) {
            throw new IllegalArgumentException("a cache of " + most + " sessions");
        }
        int before = sessions.cache().mostCount();
        sessions.cacheFull.add(sessions.cache().bound(most, sessions.cache().mostBytes()));
        return before;
    }

    /**
     * How many sessions the cache has at most (SSL_CTX_sess_get_cache_size(3)).
     *
     * @return it; 0 for any number
     */
    public int sessGetCacheSize() {
        return sessions.cache().mostCount();
    }

    /**
     * How many bytes the sessions in the cache take at most, by and large; 33,554,432 by default, which is room for 20,480 of 1,600 bytes: one without a client's certificates takes some 700. OpenSSL has no such bound.
     *
     * @param most 1 or more
     * @return how many it was before
     * @throws IllegalArgumentException for less
     */
    public synchronized long sessSetCacheBytes(long most) {
        if (most < 1) {
            throw new IllegalArgumentException("a cache of " + most + " bytes");
        }
        long before = sessions.cache().mostBytes();
        sessions.cacheFull.add(sessions.cache().bound(sessions.cache().mostCount(), most));
        return before;
    }

    /**
     * Is given new sessions (SSL_CTX_sess_set_new_cb(3)), where {@link #setSessionCacheMode} has the role.
     *
     * @param callback it, or null
     */
    public void sessSetNewCb(NewSessionCb callback) {
        sessions.setNewCb(callback);
    }

    /**
     * The callback of {@link #sessSetNewCb} (SSL_CTX_sess_get_new_cb(3)).
     *
     * @return it, or null
     */
    public NewSessionCb sessGetNewCb() {
        return sessions.newCb();
    }

    /**
     * Finds a server sessions that its cache does not have (SSL_CTX_sess_set_get_cb(3)). What it finds goes into the cache, unless {@link SessionCacheMode#NO_INTERNAL_STORE} is on.
     *
     * @param callback it, or null
     */
    public void sessSetGetCb(GetSessionCb callback) {
        sessions.setGetCb(callback);
    }

    /**
     * The callback of {@link #sessSetGetCb} (SSL_CTX_sess_get_get_cb(3)).
     *
     * @return it, or null
     */
    public GetSessionCb sessGetGetCb() {
        return sessions.getCb();
    }

    /**
     * Is told of sessions that are not to be resumed any more (SSL_CTX_sess_set_remove_cb(3)).
     *
     * @param callback it, or null
     */
    public void sessSetRemoveCb(RemoveSessionCb callback) {
        sessions.setRemoveCb(callback);
    }

    /**
     * The callback of {@link #sessSetRemoveCb} (SSL_CTX_sess_get_remove_cb(3)).
     *
     * @return it, or null
     */
    public RemoveSessionCb sessGetRemoveCb() {
        return sessions.removeCb();
    }

    /**
     * Puts a session into the cache (SSL_CTX_add_session(3)), in place of one with the same id.
     *
     * @param session is copied
     * @return whether it is there now: not if it has no id, or is larger than all may be together. OpenSSL's returns false also for one that was there.
     */
    public boolean addSession(SslSession session) {
        return sessions.add(session.state(), config().clock().instant());
    }

    /**
     * Takes a session out of the cache (SSL_CTX_remove_session(3)). The callback of {@link #sessSetRemoveCb} is told.
     *
     * @param session one with this id goes
     * @return whether there was one
     */
    public boolean removeSession(SslSession session) {
        return sessions.remove(session.state());
    }

    /**
     * Takes out of the cache the sessions whose time is over (SSL_CTX_flush_sessions(3)).
     *
     * @param now the time by which they are judged; null for all sessions
     */
    public void flushSessions(Instant now) {
        if (now == null) {
            sessions.cache().clear();
        } else {
            sessions.cache().flush(now);
        }
    }

    /**
     * How long sessions may be resumed (SSL_CTX_set_timeout(3)); 7,200 seconds by default.
     *
     * @param seconds 0 or more
     * @return how long it was before
     * @throws IllegalArgumentException for less
     */
    public synchronized long setTimeout(long seconds) {
        checkedTimeout(seconds);
        long before = config.sessions().timeout();
        config = config.with(config.sessions().withTimeout(seconds));
        return before;
    }

    static void checkedTimeout(long seconds) {
        if (seconds < 0 || seconds > MAX_TIMEOUT) {
            throw new IllegalArgumentException(
                    "a timeout of " + seconds + " seconds; 0 to " + MAX_TIMEOUT + " allowed");
        }
    }

    /**
     * How long sessions may be resumed (SSL_CTX_get_timeout(3)).
     *
     * @return seconds
     */
    public synchronized long getTimeout() {
        return config.sessions().timeout();
    }

    /**
     * Says which sessions a server takes for its own (SSL_CTX_set_session_id_context(3)): those that have the same context. Without this call it follows from how clients are verified: servers that verify them alike have the same one, but where {@link #setVerify} or {@link #setCertVerifyCallback} has a callback it is of this context alone. OpenSSL's servers that verify clients have none then, and refuse to resume with an error.
     *
     * @param context up to 32 bytes
     * @throws IllegalArgumentException for more
     */
    public synchronized void setSessionIdContext(byte[] context) {
        config = config.with(config.sessions().withIdContext(context.clone()));
    }

    /**
     * How many tickets a server of TLS 1.3 gives after a full handshake (SSL_CTX_set_num_tickets(3)); 2 by default. After a resumed one it is one, unless this is 0.
     *
     * @param number 0 to 255
     * @throws IllegalArgumentException for another number
     */
    public synchronized void setNumTickets(int number) {
        config = config.with(config.sessions().withNumTickets(checkedTickets(number)));
    }

    static int checkedTickets(int number) {
        if (number < 0 || number > 255) {
            throw new IllegalArgumentException(number + " tickets; 0 to 255 allowed");
        }
        return number;
    }

    /**
     * How many tickets a server of TLS 1.3 gives (SSL_CTX_get_num_tickets(3)).
     *
     * @return it
     */
    public synchronized int getNumTickets() {
        return config.sessions().numTickets();
    }

    /**
     * Gives the key that tickets are sealed with and opened by, in place of those that were made here or set before (SSL_CTX_set_tlsext_ticket_keys(3)). For keys that are replaced step by step there is {@link #setTicketKeys}. The bytes of OpenSSL's key will do, but its tickets are not readable here, nor ours there.
     *
     * @param key 80 bytes, 16 of which are a name; copied
     * @throws IllegalArgumentException for another length
     */
    public void setTlsextTicketKeys(byte[] key) {
        TicketKeys k = new TicketKeys(crypto);
        try (TicketKey given = TicketKey.of(key)) {
            k.set(null, given, null);
        }
        sessions.setKeys(k);
    }

    /**
     * The key that tickets are sealed with now (SSL_CTX_get_tlsext_ticket_keys(3)).
     *
     * @return 80 bytes, which the caller wipes
     */
    public byte[] getTlsextTicketKeys() {
        try (TicketKey k = sessions.keys().current(config().clock().instant())) {
            return k.encoded();
        }
    }

    /**
     * Shares the keys of tickets with other contexts: those that have the same object resume each other's sessions.
     *
     * @param keys in place of those before
     */
    public void setTicketKeys(SslTicketKeys keys) {
        sessions.setKeys(keys.inside());
    }

    /**
     * Knows the keys of tickets, in place of those that are set (SSL_CTX_set_tlsext_ticket_key_evp_cb(3)).
     *
     * @param callback it, or null
     */
    public void setTlsextTicketKeyCb(TicketKeyCb callback) {
        sessions.setKeyCb(callback);
    }

    /**
     * Sessions that are in the cache (SSL_CTX_sess_number(3)).
     *
     * @return how many
     */
    public long sessNumber() {
        return sessions.cache().size();
    }

    /**
     * Handshakes that clients have begun (SSL_CTX_sess_connect(3)).
     *
     * @return how many
     */
    public long sessConnect() {
        return sessions.connects.sum();
    }

    /**
     * Handshakes that clients have completed (SSL_CTX_sess_connect_good(3)).
     *
     * @return how many
     */
    public long sessConnectGood() {
        return sessions.connectsGood.sum();
    }

    /**
     * Handshakes that servers have begun (SSL_CTX_sess_accept(3)).
     *
     * @return how many
     */
    public long sessAccept() {
        return sessions.accepts.sum();
    }

    /**
     * Handshakes that servers have completed (SSL_CTX_sess_accept_good(3)).
     *
     * @return how many
     */
    public long sessAcceptGood() {
        return sessions.acceptsGood.sum();
    }

    /**
     * Completed handshakes that have resumed a session, by id or ticket, on either side (SSL_CTX_sess_hits(3)).
     *
     * @return how many
     */
    public long sessHits() {
        return sessions.hits.sum();
    }

    /**
     * Sessions that the callback of {@link #sessSetGetCb} has found (SSL_CTX_sess_cb_hits(3)).
     *
     * @return how many
     */
    public long sessCbHits() {
        return sessions.callbackHits.sum();
    }

    /**
     * Sessions that clients have asked for by id and the cache did not have (SSL_CTX_sess_misses(3)).
     *
     * @return how many
     */
    public long sessMisses() {
        return sessions.misses.sum();
    }

    /**
     * Sessions that clients have asked for by id when their time was over (SSL_CTX_sess_timeouts(3)).
     *
     * @return how many
     */
    public long sessTimeouts() {
        return sessions.timeouts.sum();
    }

    /**
     * Sessions that had to go since there were too many (SSL_CTX_sess_cache_full(3)).
     *
     * @return how many
     */
    public long sessCacheFull() {
        return sessions.cacheFull.sum();
    }

    // ---- options and modes -----------------------------------------------------------------------------------------

    /**
     * Switches options on (SSL_CTX_set_options(3)).
     *
     * @param more which
     * @return a copy of those that are on now
     */
    public synchronized Set<SslOption> setOptions(SslOption... more) {
        Set<SslOption> o = EnumSet.copyOf(options);
        o.addAll(List.of(more));
        options = o;
        optionsChanged();
        return getOptions();
    }

    /**
     * Switches options off (SSL_CTX_clear_options(3)).
     *
     * @param less which
     * @return a copy of those that are on now
     */
    public synchronized Set<SslOption> clearOptions(SslOption... less) {
        Set<SslOption> o = EnumSet.copyOf(options);
        o.removeAll(List.of(less));
        options = o;
        optionsChanged();
        return getOptions();
    }

    private void optionsChanged() {
        config = Settings.with(options, config);
    }

    /**
     * The options that are on (SSL_CTX_get_options(3)).
     *
     * @return a copy
     */
    public synchronized Set<SslOption> getOptions() {
        return EnumSet.copyOf(options);
    }

    /**
     * Switches modes on (SSL_CTX_set_mode(3)).
     *
     * @param more which
     * @return a copy of those that are on now
     */
    public synchronized Set<SslMode> setMode(SslMode... more) {
        Set<SslMode> m = EnumSet.copyOf(modes);
        m.addAll(List.of(more));
        modes = m;
        config = Settings.withModes(modes, config);
        return getMode();
    }

    /**
     * Switches modes off (SSL_CTX_clear_mode(3)).
     *
     * @param less which
     * @return a copy of those that are on now
     */
    public synchronized Set<SslMode> clearMode(SslMode... less) {
        Set<SslMode> m = EnumSet.noneOf(SslMode.class);
        m.addAll(modes);
        m.removeAll(List.of(less));
        modes = m;
        config = Settings.withModes(modes, config);
        return getMode();
    }

    /**
     * The modes that are on (SSL_CTX_get_mode(3)).
     *
     * @return a copy
     */
    public synchronized Set<SslMode> getMode() {
        Set<SslMode> m = EnumSet.noneOf(SslMode.class);
        m.addAll(modes);
        return m;
    }

    /**
     * Whether connections shut down without a word, as {@link Ssl#setQuietShutdown} has it (SSL_CTX_set_quiet_shutdown(3)); off by default.
     *
     * @param yes whether
     */
    public synchronized void setQuietShutdown(boolean yes) {
        quietShutdown = yes;
    }

    /**
     * Whether {@link #setQuietShutdown} is on (SSL_CTX_get_quiet_shutdown(3)).
     *
     * @return whether
     */
    public synchronized boolean getQuietShutdown() {
        return quietShutdown;
    }

    /**
     * Whether connections read ahead, as {@link Ssl#setReadAhead} has it (SSL_CTX_set_read_ahead(3)); off by default.
     *
     * @param yes whether
     */
    public synchronized void setReadAhead(boolean yes) {
        readAhead = yes;
    }

    /**
     * Whether {@link #setReadAhead} is on (SSL_CTX_get_read_ahead(3)).
     *
     * @return whether
     */
    public synchronized boolean getReadAhead() {
        return readAhead;
    }

    /**
     * Lends threads for signatures and key agreements, so that an event loop does not stand still: a handshake then answers WANT_ASYNC until the work is done (SSL_MODE_ASYNC). The executor sees when a task of its has ended, and can wake whoever makes the next call.
     *
     * @param executor it; null, the default, to do them on the calling thread
     */
    public synchronized void setAsyncExecutor(Executor executor) {
        config = config.with(executor);
    }

    // ---- who looks on ----------------------------------------------------------------------------------------------

    /**
     * Receives the key log (SSL_CTX_set_keylog_callback(3), RFC 9850).
     *
     * @param callback it, or null
     */
    public synchronized void setKeylogCallback(KeylogCb callback) {
        config = config.with(config.callbacks().withKeylog(callback));
    }

    /**
     * Looks at protocol messages (SSL_CTX_set_msg_callback(3)).
     *
     * @param callback it, or null
     */
    public synchronized void setMsgCallback(MsgCb callback) {
        config = config.with(config.callbacks().withMsg(callback));
    }

    /**
     * Looks at the handshake's progress (SSL_CTX_set_info_callback(3)).
     *
     * @param callback it, or null
     */
    public synchronized void setInfoCallback(InfoCb callback) {
        config = config.with(config.callbacks().withInfo(callback));
    }

    // ---- for Ssl ---------------------------------------------------------------------------------------------------

    TlsMethod method() {
        return method;
    }

    Crypto crypto() {
        return crypto;
    }

    CtxSessions sessions() {
        return sessions;
    }

    synchronized HandshakeConfig config() {
        return config;
    }

    /** All that a connection takes over. */
    record Snapshot(
            HandshakeConfig config,
            Set<SslOption> options,
            Set<SslMode> modes,
            boolean quietShutdown,
            boolean readAhead) {}

    /** What holds at this moment, with the callbacks bound to the connection that they are to be given. */
    synchronized Snapshot snapshot(Ssl ssl) {
        return new Snapshot(bound(ssl), getOptions(), getMode(), quietShutdown, readAhead);
    }

    private HandshakeConfig bound(Ssl ssl) {
        HandshakeConfig c = config;
        ClientHelloCb hello = clientHelloCb;
        if (hello != null) {
            c = c.with(c.hello().withClientHello(h -> ssl.asked(() -> hello.clientHello(ssl, h))));
        }
        ServernameCb name = servernameCb;
        if (name != null) {
            c = c.with(c.hello().withServername(n -> ssl.asked(() -> name.servername(ssl, n))));
        }
        c = Ssl.bound(c, certCb, ssl);
        c = Ssl.boundLast(c, clientCertCb, ssl);
        c = Ssl.boundClient(c, pskClientCb, ssl);
        c = Ssl.boundServer(c, pskServerCb, ssl);
        if (recordPadding != null) {
            c = c.with(c.records().withPadding(bound(recordPadding, ssl)));
        }
        c = sessions.bound(c, ssl);
        SslAlpnSelectCb alpn = alpnSelectCb;
        return alpn == null ? c : c.with(c.extensions().with((AlpnSelectCb) offered -> alpn.select(ssl, offered)));
    }
}
