// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What openssl's {@code -trace} says of a handshake: OpenSSL's own reading of the messages that went by. */
final class OpensslReport {
    private final String trace;

    OpensslReport(byte[] trace) {
        this.trace = new String(trace, StandardCharsets.ISO_8859_1);
    }

    /** Asserts all that the cell asks for. */
    void check(ProgramCell cell) throws GeneralSecurityException {
        String hello = message("ServerHello");
        assertEquals("TLS 1.3 (772)", find(hello, "extension_type=supported_versions\\(43\\), length=2\\s+(.*)"));
        assertEquals(cell.suite(), find(hello, "cipher_suite \\{[^}]*\\} (\\S+)"));
        String group = find(hello, "NamedGroup: (.*)");
        assertEquals("X25519".equals(cell.group()) ? "ecdh_x25519 (29)" : "secp256r1 (P-256) (23)", group);
        assertEquals(
                ProgramTest.ALPN,
                find(
                        message("EncryptedExtensions"),
                        "extension_type=application_layer_protocol_negotiation\\(16\\), length=\\d+\\s+(\\S+)"));
        assertEquals(cell.identity().certificate(), certificate());
    }

    /** What the first group of this matches in the ServerHello. */
    String serverHelloSays(String regex) {
        return find(serverHello(), regex);
    }

    /** Whether the ServerHello has the extension of this name. */
    boolean serverHelloHas(String extension) {
        return serverHello().contains("extension_type=" + extension + "(");
    }

    /** It alone: other messages may follow in the same record. */
    private String serverHello() {
        return find(message("ServerHello"), "(?s)^(.*?)(?:\\n\\n|\\n    \\w+, Length=|$)");
    }

    /** Whether an alert of this name went by. */
    boolean hasAlert(String name) {
        return Pattern.compile("Level=\\w+\\(\\d\\), description=" + name)
                .matcher(trace)
                .find();
    }

    private Certificate certificate() throws GeneralSecurityException {
        String pem = find(message("Certificate"), "(?s)(-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----)");
        return CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }

    /** From the first message of this type on. */
    private String message(String type) {
        int at = trace.indexOf("    " + type + ", Length=");
        assertTrue(at >= 0, () -> "no " + type + " in:\n" + trace);
        return trace.substring(at);
    }

    private static String find(String text, String regex) {
        Matcher m = Pattern.compile(regex).matcher(text);
        assertTrue(m.find(), () -> "no " + regex + " in:\n" + text);
        return m.group(1);
    }
}
