// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.libssl4j.bio.MemoryBio;

/**
 * How much garbage a record and a handshake make, held under ceilings that were measured and are only ever lowered. Figures with the JDK's own primitives, of which AES-GCM takes about 1.1 KiB a record.
 */
class AllocationTest {
    private static final long RECORD_CEILING = 1_250; // bytes, one direction, 16 KiB
    private static final long HANDSHAKE_CEILING =
            330_000; // bytes, both sides, key pairs and PKIX and a session included

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static long allocated() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }

    @Test
    void aRecordMakesLittleGarbage() throws Exception {
        SslCtx clientCtx = new SslCtx(TlsMethod.TLS_CLIENT, "jdk-only");
        clientCtx.addTrusted(List.of(MemoryPair.IDENTITY.issuer()));
        SslCtx serverCtx = new SslCtx(TlsMethod.TLS_SERVER, "jdk-only");
        serverCtx.useCertAndKey(List.of(MemoryPair.IDENTITY.certificate()), MemoryPair.IDENTITY.key());
        serverCtx.setCiphersuites("TLS_AES_128_GCM_SHA256");
        MemoryPair p = new MemoryPair(clientCtx, serverCtx, new MemoryBio(65_536), new MemoryBio(65_536)).connected();
        byte[] b = new byte[16_384];
        pass(p, b, 3_000);
        int n = 2_000;
        long before = allocated();
        pass(p, b, n);
        long perRecord = (allocated() - before) / n / 2;
        System.out.println("allocation: " + perRecord + " bytes a record and direction, ceiling " + RECORD_CEILING);
        assertTrue(
                perRecord <= RECORD_CEILING, "a record of 16 KiB makes " + perRecord + " bytes of garbage a direction");
    }

    private static void pass(MemoryPair p, byte[] b, int records) {
        for (int i = 0; i < records; i++) {
            int n = p.client.write(b, 0, b.length);
            int m = p.server.read(b, 0, b.length);
            if (n != b.length || m != b.length) {
                throw new AssertionError(
                        n + " written, " + m + " read: " + p.client.failure() + ", " + p.server.failure());
            }
        }
    }

    @Test
    void aHandshakeMakesNoMoreGarbageThanItDid() throws Exception {
        SslCtx clientCtx = new SslCtx(TlsMethod.TLS_CLIENT, "jdk-only");
        clientCtx.addTrusted(List.of(MemoryPair.IDENTITY.issuer()));
        SslCtx serverCtx = new SslCtx(TlsMethod.TLS_SERVER, "jdk-only");
        serverCtx.useCertAndKey(List.of(MemoryPair.IDENTITY.certificate()), MemoryPair.IDENTITY.key());
        clientCtx.set1GroupsList("X25519"); // the same on each JDK: from 24 on the default has ML-KEM
        serverCtx.set1GroupsList("X25519");
        handshakes(clientCtx, serverCtx, 200);
        int n = 100;
        long before = allocated();
        handshakes(clientCtx, serverCtx, n);
        long perHandshake = (allocated() - before) / n;
        System.out.println("allocation: " + perHandshake + " bytes a handshake, ceiling " + HANDSHAKE_CEILING);
        assertTrue(perHandshake <= HANDSHAKE_CEILING, "a handshake makes " + perHandshake + " bytes of garbage");
    }

    private static void handshakes(SslCtx clientCtx, SslCtx serverCtx, int n) {
        for (int i = 0; i < n; i++) {
            MemoryPair p = new MemoryPair(clientCtx, serverCtx, new MemoryBio(), new MemoryBio()).connected();
            p.client.close();
            p.server.close();
        }
    }
}
