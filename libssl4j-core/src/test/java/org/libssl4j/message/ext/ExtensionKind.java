// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message.ext;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.message.HandshakeMessage;

/** A form of an extension for tests: how to make a random one, and how to read one. */
public enum ExtensionKind {
    SERVER_NAME(r -> new ServerName(name(r, 1 + r.nextInt(255))), ServerName::read),
    SERVER_NAME_ANSWER(r -> ServerName.ACKNOWLEDGED, ServerName::readAnswer),
    MAX_FRAGMENT_LENGTH(r -> new MaxFragmentLength(1 + r.nextInt(4)), MaxFragmentLength::read),
    STATUS_REQUEST(r -> new StatusRequest(1, blobs(r, 0, 1, 40), bytes(r, r.nextInt(30))), StatusRequest::read),
    STATUS_REQUEST_EMPTY(r -> new StatusRequest.Empty(), StatusRequest.Empty::read),
    STATUS_REQUEST_RESPONSE(r -> new StatusRequest.Response(bytes(r, 1 + r.nextInt(99))), StatusRequest.Response::read),
    SUPPORTED_GROUPS(r -> new SupportedGroups(u16s(r, 1)), SupportedGroups::read),
    EC_POINT_FORMATS(r -> new EcPointFormats(bytes(r, 1 + r.nextInt(255))), EcPointFormats::read),
    SIGNATURE_ALGORITHMS(r -> new SignatureAlgorithms(u16s(r, 1)), SignatureAlgorithms::read),
    SIGNATURE_ALGORITHMS_CERT(r -> new SignatureAlgorithmsCert(u16s(r, 1)), SignatureAlgorithmsCert::read),
    USE_SRTP(r -> new UseSrtp(u16s(r, 1), bytes(r, r.nextInt(256))), UseSrtp::read),
    ALPN(r -> new Alpn(protocols(r)), Alpn::read),
    SCT(r -> new SignedCertificateTimestamps(blobs(r, 1, 1, 80)), SignedCertificateTimestamps::read),
    SCT_REQUEST(r -> new SignedCertificateTimestamps.Request(), SignedCertificateTimestamps.Request::read),
    CLIENT_CERTIFICATE_TYPE(
            r -> new CertificateTypes.Offer(ExtensionType.CLIENT_CERTIFICATE_TYPE, u8s(r)),
            CertificateTypes.Offer::readClient),
    SERVER_CERTIFICATE_TYPE(
            r -> new CertificateTypes.Offer(ExtensionType.SERVER_CERTIFICATE_TYPE, u8s(r)),
            CertificateTypes.Offer::readServer),
    CLIENT_CERTIFICATE_TYPE_ANSWER(
            r -> new CertificateTypes.Answer(ExtensionType.CLIENT_CERTIFICATE_TYPE, r.nextInt(256)),
            CertificateTypes.Answer::readClient),
    SERVER_CERTIFICATE_TYPE_ANSWER(
            r -> new CertificateTypes.Answer(ExtensionType.SERVER_CERTIFICATE_TYPE, r.nextInt(256)),
            CertificateTypes.Answer::readServer),
    PADDING(r -> new Padding(r.nextInt(600)), Padding::read),
    ENCRYPT_THEN_MAC(r -> new EncryptThenMac(), EncryptThenMac::read),
    EXTENDED_MASTER_SECRET(r -> new ExtendedMasterSecret(), ExtendedMasterSecret::read),
    SESSION_TICKET(r -> new SessionTicket(bytes(r, r.nextInt(300))), SessionTicket::read),
    PRE_SHARED_KEY(r -> psks(r, 1 + r.nextInt(5)), PreSharedKey.Offer::read),
    PRE_SHARED_KEY_SELECTED(r -> new PreSharedKey.Selected(u16(r)), PreSharedKey.Selected::read),
    EARLY_DATA(r -> new EarlyData(), EarlyData::read),
    EARLY_DATA_MAX_SIZE(r -> new EarlyData.MaxSize(u32(r)), EarlyData.MaxSize::read),
    SUPPORTED_VERSIONS(r -> new SupportedVersions.Offer(u16s(r, 1)), SupportedVersions.Offer::read),
    SUPPORTED_VERSIONS_SELECTED(r -> new SupportedVersions.Selected(u16(r)), SupportedVersions.Selected::read),
    COOKIE(r -> new Cookie(bytes(r, 1 + r.nextInt(300))), Cookie::read),
    PSK_KEY_EXCHANGE_MODES(r -> new PskKeyExchangeModes(u8s(r)), PskKeyExchangeModes::read),
    CERTIFICATE_AUTHORITIES(r -> new CertificateAuthorities(blobs(r, 1, 1, 80)), CertificateAuthorities::read),
    OID_FILTERS(r -> oidFilters(r), OidFilters::read),
    POST_HANDSHAKE_AUTH(r -> new PostHandshakeAuth(), PostHandshakeAuth::read),
    KEY_SHARE(r -> shares(r), KeyShare.Offer::read),
    KEY_SHARE_ANSWER(r -> new KeyShare.Answer(share(r, u16(r))), KeyShare.Answer::read),
    KEY_SHARE_RETRY(r -> new KeyShare.Retry(u16(r)), KeyShare.Retry::read),
    RENEGOTIATION_INFO(r -> new RenegotiationInfo(bytes(r, r.nextInt(256))), RenegotiationInfo::read),
    COMPRESS_CERTIFICATE(r -> new CompressCertificate(u16s(r, 1)), CompressCertificate::read),
    RECORD_SIZE_LIMIT(r -> new RecordSizeLimit(64 + r.nextInt(0xffff - 63)), RecordSizeLimit::read),
    QUIC_TRANSPORT_PARAMETERS(r -> new QuicTransportParameters(bytes(r, r.nextInt(99))), QuicTransportParameters::read);

    private final Function<Random, Extension> maker;
    private final HandshakeMessage.Codec<? extends Extension> codec;
    private final ExtensionType type;

    ExtensionKind(Function<Random, Extension> maker, HandshakeMessage.Codec<? extends Extension> codec) {
        this.maker = maker;
        this.codec = codec;
        this.type = ExtensionType.of(maker.apply(new Random(1)).type());
    }

    /** A random one. */
    public Extension random(Random r) {
        return maker.apply(r);
    }

    /** How it is read. */
    public HandshakeMessage.Codec<? extends Extension> codec() {
        return codec;
    }

    /** Its type. */
    public ExtensionType type() {
        return type;
    }

    /** Whether any bytes are a body of this form. */
    public boolean takesAnything() {
        return this == PADDING || this == SESSION_TICKET || this == QUIC_TRANSPORT_PARAMETERS;
    }

    /** A random block of extensions that may stand in this place, with an unknown one and a GREASE value (RFC 8701). */
    public static ExtensionBlock randomBlock(Random r, Place place) {
        ExtensionBlock.Builder b = ExtensionBlock.builder();
        List<Integer> there = new ArrayList<>();
        add(b, there, new RawExtension(0x0a0a + 0x1010 * r.nextInt(16), bytes(r, r.nextInt(3))));
        add(b, there, new RawExtension(0x8000 + r.nextInt(0x1000), bytes(r, r.nextInt(20))));
        for (ExtensionKind k : values()) {
            boolean last = k.type() == ExtensionType.PRE_SHARED_KEY;
            if (!last && r.nextBoolean() && ExtensionTable.allows(k.type(), place)) {
                add(b, there, k.random(r));
            }
        }
        if (r.nextBoolean() && ExtensionTable.allows(ExtensionType.PRE_SHARED_KEY, place)) {
            add(b, there, PRE_SHARED_KEY.random(r));
        }
        return b.build();
    }

    private static void add(ExtensionBlock.Builder b, List<Integer> there, Extension e) {
        if (!there.contains(e.type())) {
            there.add(e.type());
            b.add(e);
        }
    }

    /** Random bytes. */
    public static byte[] bytes(Random r, int length) {
        byte[] b = new byte[length];
        r.nextBytes(b);
        return b;
    }

    /** Random code points, any of them GREASE as likely as not, each another. */
    public static int[] u16s(Random r, int min) {
        Supplier<Integer> one = () -> r.nextBoolean() ? 0x0a0a + 0x1010 * r.nextInt(16) : u16(r);
        return Stream.generate(one)
                .limit(min + r.nextInt(20))
                .distinct()
                .mapToInt(i -> i)
                .toArray();
    }

    private static int[] u8s(Random r) {
        return r.ints(1 + r.nextInt(20), 0, 256).toArray();
    }

    private static int u16(Random r) {
        return r.nextInt(0x1_0000);
    }

    private static long u32(Random r) {
        return r.nextInt() & 0xffff_ffffL;
    }

    private static String name(Random r, int length) {
        byte[] b = new byte[length];
        for (int i = 0; i < length; i++) {
            b[i] = (byte) (1 + r.nextInt(127));
        }
        return new String(b, StandardCharsets.US_ASCII);
    }

    private static List<byte[]> blobs(Random r, int min, int minLength, int maxLength) {
        return Stream.generate(() -> bytes(r, minLength + r.nextInt(maxLength - minLength + 1)))
                .limit(min + r.nextInt(4))
                .toList();
    }

    private static List<String> protocols(Random r) {
        return blobs(r, 1, 1, 255).stream()
                .map(b -> new String(b, StandardCharsets.ISO_8859_1))
                .toList();
    }

    private static Extension psks(Random r, int count) {
        List<PreSharedKey.Identity> identities = Stream.generate(
                        () -> new PreSharedKey.Identity(bytes(r, 1 + r.nextInt(200)), u32(r)))
                .limit(count)
                .toList();
        List<byte[]> binders = Stream.generate(() -> bytes(r, 32 + r.nextInt(224)))
                .limit(count)
                .toList();
        return new PreSharedKey.Offer(identities, binders);
    }

    private static Extension oidFilters(Random r) {
        List<OidFilters.Filter> filters = new ArrayList<>();
        for (int i = r.nextInt(4); i > 0; i--) {
            byte[] oid = bytes(r, 1 + r.nextInt(20));
            oid[0] = (byte) i;
            filters.add(new OidFilters.Filter(oid, bytes(r, r.nextInt(30))));
        }
        return new OidFilters(filters);
    }

    private static Extension shares(Random r) {
        List<KeyShare.Entry> entries = new ArrayList<>();
        for (int group : u16s(r, 0)) {
            entries.add(share(r, group));
        }
        return new KeyShare.Offer(entries);
    }

    private static KeyShare.Entry share(Random r, int group) {
        return new KeyShare.Entry(group, bytes(r, 1 + r.nextInt(150)));
    }
}
