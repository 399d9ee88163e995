// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a hostile peer names is neither a command to the terminal nor a line of the report. */
@Timeout(60)
class PeerTextTest {
    private static final String NAME = "a\u001b[2Jb\nVerification: OK";
    private static final String SHOWN = "a\\1B[2Jb\\0AVerification: OK";

    @Test
    void whatSteersATerminalIsShown() {
        assertEquals(SHOWN, PeerText.shown(NAME));
        assertEquals("\\9B\\2028\\202Eb", PeerText.shown("\u009b\u2028\u202eb"));
        assertEquals("Gr\u00fc\u00dfe \u4e2d \\", PeerText.shown("Gr\u00fc\u00dfe \u4e2d \\"));
    }

    @Test
    void aServerName() throws Exception {
        for (String brief : List.of("-state", "-brief")) {
            Command server = server("-servername", "example.org", brief);
            try (SSLSocket client = client(server)) {
                SSLParameters p = client.getSSLParameters();
                p.setServerNames(List.of(new SNIServerName(0, NAME.getBytes(StandardCharsets.US_ASCII)) {}));
                client.setSSLParameters(p);
                client.startHandshake();
            }
            server.status();
            String all = server.out() + server.err();
            assertTrue(all.contains("Hostname in TLS extension: \"" + SHOWN + "\"\n"), all);
            assertTrue(all.contains("Server name: " + SHOWN + "\n"), all);
            assertFalse(all.contains("\u001b") || all.contains("\nVerification: OK"), all);
        }
    }

    @Test
    void aProtocolThatIsNotTaken() throws Exception {
        Command server = server("-alpn", "h2");
        Command client = Command.start("s_client", "-connect", server.address(), "-alpn", "\u001b[2J\ns_server: fine");
        assertEquals(1, client.status());
        assertEquals(1, server.status());
        String err = server.err();
        assertTrue(err.contains("the client offered ["), err);
        assertFalse(err.contains("\u001b") || err.contains("\ns_server: fine"), err);
    }

    private static Command server(String... more) {
        String[] args = new String[5 + more.length];
        System.arraycopy(new String[] {"s_server", "-accept", "127.0.0.1:0", "-naccept", "1"}, 0, args, 0, 5);
        System.arraycopy(more, 0, args, 5, more.length);
        return Command.start(args);
    }

    /** A client of the JDK's, which sends any name. */
    private static SSLSocket client(Command server) throws Exception {
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(null, new TrustManager[] {new Everybody()}, null);
        String address = server.address();
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        return (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
    }

    /** Trusts. */
    private static final class Everybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
