// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpLiteralTest {
    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, 00000000",
        "192.0.2.1, c0000201",
        "255.255.255.255, ffffffff",
        "::, 00000000000000000000000000000000",
        "::1, 00000000000000000000000000000001",
        "1::, 00010000000000000000000000000000",
        "2001:db8::1, 20010db8000000000000000000000001",
        "2001:DB8:0:0:8:800:200C:417A, 20010db80000000000080800200c417a",
        "1:2:3:4:5:6:7:8, 00010002000300040005000600070008",
        "1:2:3:4:5:6:7::, 00010002000300040005000600070000",
        "::2:3:4:5:6:7:8, 00000002000300040005000600070008",
        "::ffff:192.0.2.1, 00000000000000000000ffffc0000201",
        "1:2:3:4:5:6:1.2.3.4, 00010002000300040005000601020304",
    })
    void addressesAreRead(String text, String hex) {
        assertEquals(hex, HexFormat.of().formatHex(IpLiteral.parse(text)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.2",
                "1.2.3",
                "1.2.3.",
                ".1.2.3",
                "1.2.3.4.",
                "1.2.3.4.5",
                "1..2.3",
                "256.1.1.1",
                "01.2.3.4",
                "1.2.3.04",
                "0x7f.0.0.1",
                "1.2.3.4 ",
                " 1.2.3.4",
                "1.2.3.+4",
                "1.2.3.-4",
                "١.٢.٣.٤",
                "a.example",
                ":",
                ":::",
                "1:",
                ":1",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1::2::3",
                "1:2:3:4:5:6:7:8::",
                "::1:2:3:4:5:6:7:8",
                "1:2:3:4::5:6:7:8",
                "12345::",
                "g::",
                "::1%eth0",
                "[::1]",
                "::1.2.3",
                "1.2.3.4::",
                "::1.2.3.4:5",
                "1:2:3:4:5:6:7:1.2.3.4",
                "::ffff:1.2.3.256",
                "::１",
                "1::-1",
                "1:::2"
            })
    void whatIsNoAddressIsNull(String text) {
        assertNull(IpLiteral.parse(text));
    }

    @Test
    void whatTheJdkWritesIsRead() throws UnknownHostException {
        Random random = new Random(4291);
        for (int i = 0; i < 10_000; i++) {
            byte[] address = new byte[random.nextBoolean() ? 4 : 16];
            random.nextBytes(address);
            for (int j = 0; j + 1 < address.length && address.length == 16; j += 2) {
                if (random.nextBoolean()) {
                    address[j] = 0;
                    address[j + 1] = 0;
                }
            }
            String text = address.length == 4
                    ? InetAddress.getByAddress(address).getHostAddress()
                    : Inet6Address.getByAddress(null, address, -1).getHostAddress();
            assertArrayEquals(address, IpLiteral.parse(text), text);
        }
    }

    @Test
    void randomTextIsReadOrNull() {
        Random random = new Random(9525);
        String letters = "0123456789abcdefF:.::%[]x";
        int read = 0;
        for (int i = 0; i < 300_000; i++) {
            StringBuilder text = new StringBuilder();
            int n = random.nextInt(20);
            for (int j = 0; j < n; j++) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            byte[] address = IpLiteral.parse(text.toString());
            if (address != null) {
                assertEquals(text.indexOf(":") < 0 ? 4 : 16, address.length);
                read++;
            }
        }
        assertNotNull(read > 0 ? this : null, "no random text was an address: the test is blind");
    }
}
