// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Role;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.message.HandshakeMessage;

/** Each message that has extensions gets each extension where it must not be, in a form that it must not have, and twice (RFC 9846 §4.3 [8446 4.2]). */
class MessageByExtension13Test {
    /**
     * RFC 9846 §4.3, Table 1, by number. Behind it what the IANA registry says of those that the table leaves out because they are not recommended; those of TLS 1.2 alone stand in ClientHellos that offer both.
     */
    private static final String TABLE = """
            0 server_name CH EE CR
            5 status_request CH CR CT
            10 supported_groups CH EE
            13 signature_algorithms CH CR
            14 use_srtp CH EE
            15 heartbeat CH EE
            16 application_layer_protocol_negotiation CH EE
            19 client_certificate_type CH EE
            20 server_certificate_type CH EE
            21 padding CH
            27 compress_certificate CH CR
            28 record_size_limit CH EE
            34 delegated_credential CH CR CT
            39 supported_ekt_ciphers CH EE
            41 pre_shared_key CH SH
            42 early_data CH EE NST
            43 supported_versions CH SH HRR
            44 cookie CH HRR
            45 psk_key_exchange_modes CH
            47 certificate_authorities CH CR
            48 oid_filters CR
            49 post_handshake_auth CH
            50 signature_algorithms_cert CH CR
            51 key_share CH SH HRR
            52 transparency_info CH CR CT
            55 external_id_hash CH EE
            56 external_session_id CH EE
            57 quic_transport_parameters CH EE
            58 ticket_request CH EE
            64768 ech_outer_extensions CH
            65037 encrypted_client_hello CH HRR EE
            1 max_fragment_length CH EE
            18 signed_certificate_timestamp CH CR CT
            11 ec_point_formats CH
            17 status_request_v2 CH
            22 encrypt_then_mac CH
            23 extended_main_secret CH
            35 session_ticket CH
            65281 renegotiation_info CH
            """;

    private static final Map<Integer, Set<String>> ALLOWED = new TreeMap<>();

    static {
        TABLE.lines()
                .map(l -> l.split(" "))
                .forEach(f -> ALLOWED.put(Integer.valueOf(f[0]), Set.of(Arrays.copyOfRange(f, 2, f.length))));
    }

    /** Nobody's, and one of GREASE (RFC 8701). */
    private static final Set<Integer> UNKNOWN = Set.of(0x7777, 0x1a1a);

    /** Well-formed bodies of what these connections do not send of themselves, by column and number. */
    private static final Map<String, String> BODIES = Map.ofEntries(
            Map.entry("CH 1", "01"),
            Map.entry("CH 41", "0008 0002 aabb 00000001 0021 20" + "00".repeat(32)),
            Map.entry("CH 42", ""),
            Map.entry("CH 44", "0002 aabb"),
            Map.entry("CH 47", "0004 0002 3000"),
            Map.entry("CH 49", ""),
            Map.entry("CH 50", "0002 0403"),
            Map.entry("EE 0", ""),
            Map.entry("EE 1", "01"),
            Map.entry("EE 10", "0002 001d"),
            Map.entry("EE 16", "0003 02 6832"),
            Map.entry("EE 28", "4001"),
            Map.entry("HRR 44", "0002 aabb"),
            Map.entry("CR 47", "0004 0002 3000"),
            Map.entry("CR 50", "0002 0403"),
            Map.entry("NST 42", "00000000"));

    /** What these connections have and neither side makes use of, so that its body is not looked at (RFC 9846 §4.3: trailing data are no concern of who ignores an extension). */
    private static final Set<Integer> IGNORED = Set.of();

    private static final List<Place13> PLACES = places();

    private static List<Place13> places() {
        Map<String, Walk.Variant> v = new LinkedHashMap<>();
        Walk.variants().forEach(x -> v.put(x.name(), x));
        Walk.Variant plain = v.get("plain");
        Walk.Variant retried = v.get("retried");
        Walk.Variant shows = v.get("client shows a certificate");
        Walk.Variant late = v.get("client shows a certificate afterwards");
        return List.of(
                new Place13("ClientHello", "CH", plain, Role.SERVER, "client_hello", false, 0),
                new Place13("second ClientHello", "CH", retried, Role.SERVER, "client_hello", true, 0),
                new Place13("ServerHello", "SH", plain, Role.CLIENT, "server_hello", false, 0),
                new Place13("ServerHello after a retry", "SH", retried, Role.CLIENT, "server_hello", false, 0),
                new Place13("HelloRetryRequest", "HRR", retried, Role.CLIENT, "hello_retry_request", false, 0),
                new Place13("EncryptedExtensions", "EE", plain, Role.CLIENT, "encrypted_extensions", false, 0),
                new Place13("CertificateRequest", "CR", shows, Role.CLIENT, "certificate_request", false, 0),
                new Place13("late CertificateRequest", "CR", late, Role.CLIENT, "certificate_request", false, 0),
                new Place13("server's Certificate", "CT", plain, Role.CLIENT, "certificate", false, 0),
                new Place13("server's Certificate, second entry", "CT", plain, Role.CLIENT, "certificate", false, 1),
                new Place13("client's Certificate", "CT", shows, Role.SERVER, "certificate", false, 0),
                new Place13("client's Certificate, second entry", "CT", shows, Role.SERVER, "certificate", false, 1),
                new Place13("late Certificate", "CT", late, Role.SERVER, "certificate", false, 0),
                new Place13("NewSessionTicket", "NST", plain, Role.CLIENT, "new_session_ticket", false, 0));
    }

    static Stream<Place13> all() {
        return PLACES.stream();
    }

    // ---- where it must not be --------------------------------------------------------------------------------------

    @ParameterizedTest
    @MethodSource("all")
    void anExtensionThatIsKnownAndNotMeantForTheMessageIsAnIllegalParameter(Place13 p) {
        ALLOWED.forEach((type, columns) -> {
            if (ExtensionType.of(type) == null || columns.contains(p.column)) {
                return;
            }
            for (byte[] body : List.of(new byte[0], new byte[] {0, 1, 2})) {
                // RFC 9846 §4.3: known, and not for this message.
                assertRefused(
                        p,
                        p.cut().plus(type, body),
                        AlertDescription.ILLEGAL_PARAMETER,
                        Reason.BAD_EXTENSION,
                        "" + type);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("all")
    void anAnswerThatWasNotAskedForIsAnUnsupportedExtension(Place13 p) {
        for (int type : universe()) {
            boolean known = ExtensionType.of(type) != null;
            boolean elsewhere = known && !ALLOWED.get(type).contains(p.column);
            if (!p.answers() || elsewhere || p.askedFor(type)) {
                continue;
            }
            // RFC 9846 §4.3: no answer without a question, known or not.
            assertRefused(
                    p,
                    p.cut().plus(type, new byte[] {0, 1, 2}),
                    AlertDescription.UNSUPPORTED_EXTENSION,
                    Reason.UNSOLICITED_EXTENSION,
                    "" + type);
        }
    }

    /** RFC 9846 §4.2.2, §4.4.2, §4.7.1: servers and clients ignore what they do not know in ClientHello, CertificateRequest and NewSessionTicket. */
    @ParameterizedTest
    @MethodSource("all")
    void aQuestionThatIsNotKnownIsPassedOver(Place13 p) {
        for (int type : UNKNOWN) {
            if (p.answers()) {
                continue;
            }
            HandshakeMessage m = p.cut().plus(type, new byte[] {0, 1, 2});
            if (p.name.equals("second ClientHello")) {
                // RFC 9846 §4.2.2: but a second ClientHello has what the first one had.
                assertEquals(
                        AlertDescription.ILLEGAL_PARAMETER,
                        refused(p, m, "new: " + type).alert());
            } else {
                assertNull(p.show(m), () -> p + ": " + type);
            }
        }
    }

    // ---- twice, and the last one -----------------------------------------------------------------------------------

    @ParameterizedTest
    @MethodSource("all")
    void noExtensionStandsTwice(Place13 p) {
        for (int type : universe()) {
            byte[] once = Cut.extension(type, new byte[] {0, 1, 2});
            boolean there = p.cut().extensions().containsKey(type);
            byte[] block = there
                    ? Cut.join(p.cut().block(), once)
                    : Cut.join(once, p.cut().block(), once);
            // RFC 9846 §4.3: not more than one of a type in a block.
            // No alert is said. docs/deviations.md has ours.
            AlertDescription alert = Set.of("HRR", "NST").contains(p.column)
                    ? AlertDescription.ILLEGAL_PARAMETER
                    : AlertDescription.DECODE_ERROR;
            assertRefused(p, p.cut().with(block), alert, Reason.BAD_EXTENSION, "twice: " + type);
        }
    }

    @Test
    void nothingFollowsPreSharedKey() {
        for (Place13 p : PLACES.subList(0, 2)) {
            Map<Integer, byte[]> all = new LinkedHashMap<>(p.cut().extensions());
            all.put(41, body("CH 41"));
            for (int type : universe()) {
                if (type == 41 || type == 48) {
                    continue;
                }
                Map<Integer, byte[]> more = new LinkedHashMap<>(all);
                byte[] body = more.getOrDefault(type, new byte[0]);
                more.remove(type);
                more.put(type, body);
                // RFC 9846 §4.3.11 [8446 4.2.11]
                assertRefused(
                        p,
                        p.cut().with(Cut.block(more)),
                        AlertDescription.ILLEGAL_PARAMETER,
                        Reason.BAD_EXTENSION,
                        "behind pre_shared_key: " + type);
            }
            if (!p.name.startsWith("second")) {
                assertNull(p.show(p.cut().with(Cut.block(all))), p + " with pre_shared_key");
            }
        }
    }

    // ---- forms -----------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @MethodSource("all")
    void anExtensionEndsWithItsStructure(Place13 p) {
        bodies(p)
                .forEach((type, body) -> assertMalformed(p, type, Arrays.copyOf(body, body.length + 1), "a byte more"));
    }

    @ParameterizedTest
    @MethodSource("all")
    void noPrefixOfAnExtensionIsOne(Place13 p) {
        bodies(p).forEach((type, body) -> {
            for (int n = 0; n < body.length; n++) {
                assertMalformed(p, type, Arrays.copyOf(body, n), n + " of " + body.length + " bytes");
            }
        });
    }

    private static void assertMalformed(Place13 p, int type, byte[] body, String how) {
        Map<Integer, byte[]> all = new LinkedHashMap<>(p.cut().extensions());
        if (type == 1) {
            all.remove(28); // RFC 8449 §5: beside record_size_limit nobody looks at max_fragment_length
        }
        all.remove(type);
        all.put(type, body);
        if (all.containsKey(41) && type != 41) {
            all.put(41, all.remove(41));
        }
        HandshakeMessage m = p.cut().with(Cut.block(all));
        String what = type + " with " + how;
        TlsException e = refused(p, m, what);
        if (p.name.equals("second ClientHello") && e.alert() == AlertDescription.ILLEGAL_PARAMETER) {
            return; // RFC 9846 §4.2.2: it differs from the first one as well
        }
        boolean length =
                type == ExtensionType.COOKIE.code() || type == ExtensionType.KEY_SHARE.code(); // as OpenSSL has it
        assertEquals(
                AlertDescription.DECODE_ERROR + " " + (length ? Reason.LENGTH_MISMATCH : Reason.BAD_EXTENSION),
                e.alert() + " " + e.reason(),
                () -> p + ", " + what + ": " + e.getMessage());
    }

    /** The extensions that have a meaning to who reads this block, with a well-formed body. */
    private static Map<Integer, byte[]> bodies(Place13 p) {
        Map<Integer, byte[]> all = new TreeMap<>(p.cut().extensions());
        BODIES.keySet().stream()
                .filter(k -> k.startsWith(p.column + " "))
                .forEach(k -> all.putIfAbsent(Integer.valueOf(k.split(" ")[1]), body(k)));
        all.keySet().removeAll(IGNORED);
        return all;
    }

    private static byte[] body(String key) {
        return HexFormat.of().parseHex(BODIES.get(key).replace(" ", ""));
    }

    @ParameterizedTest
    @MethodSource("all")
    void aBlockEndsWithAnExtension(Place13 p) {
        for (int n = 1; n <= 3; n++) {
            assertRefused(
                    p,
                    p.cut().with(Cut.join(p.cut().block(), new byte[n])),
                    AlertDescription.DECODE_ERROR,
                    Reason.LENGTH_MISMATCH,
                    n + " bytes behind the last extension");
        }
        byte[] beyond = {0x77, 0x77, 0, 5, 1, 2, 3, 4};
        assertRefused(
                p,
                p.cut().with(Cut.join(p.cut().block(), beyond)),
                AlertDescription.DECODE_ERROR,
                Reason.LENGTH_MISMATCH,
                "an extension that is longer than the block");
    }

    // ---- the tables are complete -----------------------------------------------------------------------------------

    @Test
    void everyExtensionThatWeKnowIsInTheTable() {
        for (ExtensionType t : ExtensionType.values()) {
            assertTrue(ALLOWED.containsKey(t.code()), () -> "no row for " + t);
        }
        for (int type : UNKNOWN) {
            assertNull(ExtensionType.of(type));
        }
    }

    @Test
    void everyMessageThatHasExtensionsIsThere() {
        Set<String> columns = new TreeSet<>();
        PLACES.forEach(p -> columns.add(p.column));
        Set<String> table = new TreeSet<>();
        ALLOWED.values().forEach(table::addAll);
        assertEquals(table, columns);
    }

    private static Set<Integer> universe() {
        Set<Integer> all = new TreeSet<>(ALLOWED.keySet());
        all.addAll(UNKNOWN);
        return all;
    }

    private static TlsException refused(Place13 p, HandshakeMessage m, String what) {
        TlsException e = p.show(m);
        assertNotNull(e, () -> p + ", " + what + ": accepted");
        return e;
    }

    private static void assertRefused(
            Place13 p, HandshakeMessage m, AlertDescription alert, Reason reason, String what) {
        TlsException e = refused(p, m, what);
        assertEquals(alert + " " + reason, e.alert() + " " + e.reason(), () -> p + ", " + what + ": " + e.getMessage());
    }
}
