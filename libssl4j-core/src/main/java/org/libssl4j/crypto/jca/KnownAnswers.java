// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.jca;

import java.util.Base64;
import java.util.HexFormat;

/** Answers that every sound implementation gives. The keys were made for this purpose and protect nothing. */
final class KnownAnswers {
    private KnownAnswers() {}

    /** Sixteen zero bytes sealed under a key and a nonce of zeros, with a record's header as additional data. */
    static final byte[] HEADER = hex("1703030020");

    static final byte[] AES_128_GCM = hex("0388dace60b6a392f328c2b971b2fe786295b7005889e551ad497be19afa5bce");
    static final byte[] AES_256_GCM = hex("cea7403d4d606b6e074ec5d3baf39d182d400afe59ce39478da775dd23685bb7");
    static final byte[] CHACHA20_POLY1305 = hex("9f07e7be5551387a98ba977c732d080d5368843dafebbecd9622e224aa2d7ee3");

    static final byte[] AES_128_CCM = hex("6ec75fb2e2b487461eddcbb8971192baf6072d055e2873a642162920a0d36385");
    static final byte[] AES_128_CCM_8 = hex("6ec75fb2e2b487461eddcbb8971192baeb5f1245fbaea079");
    static final byte[] AES_256_CCM = hex("c1944044c8e7aa95d2de9513c7f3dd8c7c3559c5d2561cb12a12473b8d1af378");
    static final byte[] AES_256_CCM_8 = hex("c1944044c8e7aa95d2de9513c7f3dd8cae5b49c7e41dfccc");

    /** Thirty-two zero bytes in CBC mode under a key and an IV of zeros. */
    static final byte[] AES_128_CBC = hex("66e94bd4ef8a2c3b884cfa59ca342b2ef795bd4a52e29ed713d313fa20e98dbc");

    static final byte[] AES_256_CBC = hex("dc95c078a2408989ad48a2149284208708c374848c228233c2b34f332bd2e9d3");

    /** What was signed. */
    static final byte[] MESSAGE = hex("6c696273736c346a");

    static final byte[] P256_KEY = base64("""
            MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEtlA/BDqv+FjwBFx37peflNGEJ5dg4p4xJVFhHhoB
            YCYgakpIx5Cl+/I6TcWjb9g8FZugI9LzaAFGbzKUeUkQFw==
            """);
    static final byte[] ECDSA_P256_SHA256 = base64("""
            MEUCIFuS9WqUFZfiNqjdS8AathMD4tjWSYTzOiJryeJi5YYVAiEAkkuMiCfdR+peHxRGklevyqYu
            EPy0/SiiDQBMDwUyV9A=
            """);

    static final byte[] RSA_KEY = base64("""
            MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAjIl+xsXnoW3YVBhK0e6OjnvO/Y/FTYcW
            W8FZx3ijsQgzTtkikgefmQKxSYmKCLjMJuOexVmBAcar4XPypWLJysuYXOMAMLUd5mGdzXTmDIux
            OBfRz3L6SFdvVqKpb8S7g6uNP8tNOEKLLX9joeTwFGoNGSbJ4pvaMUqfF4gl0GRGQP1e1+BjQiit
            zE5onUqj0f6vyy37lU6jVlrIPCB5ohU1U/jGSv+pLAyLj1qizHL5y8q142X4aFM35/ZiMffH+hKF
            ONZ8vEXj+xgBc5aljnfu09tZcLViiIqNR337DJT+UuqUOIwIs1wLv+8kscJFbjQp3jFL4u4fIw8+
            RwQeXQIDAQAB
            """);
    static final byte[] RSA_PKCS1_SHA256 = base64("""
            TDdI73Rn8tM8KIvyFpZScOxPJ/7dFfU5gI2GUeb5+C7PDe4a95qJtL4zP0TrBGeu+06I9aXrPise
            YLMXBFKQOolQ2Mt/PLXXR8bQBqYTO5PsZuiJpZugeR3fsvqdjt1t70crDwvB51YyW99PGOxAqBX1
            shel8xRqgReQpLMdAAHg+NSfGdxX5brjlkbwbFGoGBaoiILVwev9DLYlxHsI+tgyENOqubgjjWrY
            LPhZej2qMsrtP9pqsNW+hwtRsJlCxAXF/giNSOlNxqB3YxkTKBbE1tY+H5AJMpAFTzNoT1l6puRM
            34up7CIVAGwARAfVA9+PhNh0rV0N/QQFP3fclA==
            """);
    static final byte[] RSA_PSS_SHA256 = base64("""
            O/anWrcZ8rP4AM6cvPzTCYTUdgFH0QQf9lHfD+aLdZ+8Ij5rc6PmDCBT+2XSq57Zl2nLGMxi26ND
            tHC1h9P8nhcfvgTpHDGxQc0ZwUd6x1k9GGinyYZAyhFD7PEmyhAnZsgyHrC1ovyC2AZy/NtBxVsD
            UsxHyGMQFPp719S/J5fuz0aEvm1LRIJh0W6/6GVvUyKC8CP6dJv2AceBBbzDxdOzlQGAirEwQemj
            MDGjxCyTnCt1tCBBokOsRvi6UEcnOZq+aufyJ7NcfjiEB2uoH+GJ+i8mTWtPy9DZJwHu5joRKCcn
            7TO1u38SWzfjXj4B/XvUWI8K6Qfm0SFPCnGJEA==
            """);
    static final byte[] RSA_PRIVATE_KEY = base64("""
            MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQCMiX7GxeehbdhUGErR7o6Oe879
            j8VNhxZbwVnHeKOxCDNO2SKSB5+ZArFJiYoIuMwm457FWYEBxqvhc/KlYsnKy5hc4wAwtR3mYZ3N
            dOYMi7E4F9HPcvpIV29WoqlvxLuDq40/y004Qostf2Oh5PAUag0ZJsnim9oxSp8XiCXQZEZA/V7X
            4GNCKK3MTmidSqPR/q/LLfuVTqNWWsg8IHmiFTVT+MZK/6ksDIuPWqLMcvnLyrXjZfhoUzfn9mIx
            98f6EoU41ny8ReP7GAFzlqWOd+7T21lwtWKIio1HffsMlP5S6pQ4jAizXAu/7ySxwkVuNCneMUvi
            7h8jDz5HBB5dAgMBAAECggEACSUPR07sbiAwMfSstbFgvFvJEc3PqGZQaaMQvP6YJDZk5E4Txk3R
            sEqxD5hwD3Y67pLkK3JSBzQOzipV0TY27EfIP88TnZfDfNDATHS9XXafjwdZwzZ3m8p4t7n47Ylv
            LDe3Br4rZaxK0yiVapzzlFh8RrUz8Nd0YL260XSuBTvQeRrqcZqeEzFt6BhE/g3KocwMXaXkZhFC
            iOr9jQQjckXm33UMWWhidcKxO+V4OIHp7cXdwmmtJEhl0zu31PNskzbgs6iWg4ChLwOwqbJEF+5v
            +4t27GJ6l4P/e63HDezNy8diPSCaeB0rZWb5XjF+8+9FWU+uNHxsCUyA0SjOzwKBgQC+G3oC7vW9
            tJ0MQNU+HZpTBwlwSMUDhZd1LE60+CDhGFKMpCoX14AmtDpf/FmOLHYXRnPg2zCpbkT3KrNw9xXH
            xSokk4Xrwj4RcfkI2PhJL5fO6kwhw/5DIpbesd5kXs+fE9EGq59lT23L2ixIjltZa9NhBjUSlHhi
            qdYqYbuhBwKBgQC9P5KxodY5v+F3+OX3TaqST430sxv6IoaMq+vuSVRr0hsx9HT6Pgbi5fe/53wi
            0tNY+tTGMBKEfxSzHpksFGr9IwV/UbRyWw+s25xGK5EEQ5b7kKCg072yiIYoC6heemS1r3dRyhrb
            HZi8Tm6e9QliuUcLYe78dKG1C+ezDoRAewKBgQCbe9uJxKlmU+9Sk0AVQp7yo0G7/ThtTfj3E5r3
            9izmDT+O2cG3qECe5y8LTFhuqLyZAr1JvdwJ5y8uvFTw4pWEwyRZr/KLRV4AZKga7WH8cZmG2SgV
            QbiWbhbY4r8Sdlz3LXz7KKkAcjtJzBIF8bCS7VZ/91S28omXoHKSTUbpRwKBgEHS+egU/VlK11aO
            WRaCiiCn0R1aqxF+rsQBDGfuU5HJG7Jtb76WknibOmgiUPgf0mkxnY5trBMvzHhc3TQKygfQBZp6
            RcQ8zh/2ps11W9Ra2goYDPbDj0io2djV7TMnaR4UsPDe1iZ+jeB5e1qIqkIPZZmc764ZtyEsyeNq
            2i8/AoGAUeI2DOJn2mLnc7E202RxBuNoWMAqWx9y9H4GV0ye+g4J2l0NvJwjEOkzPFx2xCGuBWA6
            wdkjNRXiJgWp3uSXlqi+R+jzrJ1Eyefe2hX28tAl5AsefT0iIBSDLsja/1MIwU+d5zlvIRPNSVr7
            r+4JtI0TTHoWtXmYF5a4xrdbQDw=
            """);

    /** The same key under the OID of RSASSA-PSS. */
    static final byte[] RSASSA_PSS_KEY =
            hex("30820120300b06092a864886f70d01010a" + HexFormat.of().formatHex(RSA_KEY, 19, RSA_KEY.length));

    /** RFC 8032 §7.1, test 1: a signature over nothing. */
    static final byte[] ED25519_KEY =
            hex("302a300506032b6570032100d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");

    static final byte[] ED25519 = hex(
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");

    private static byte[] hex(String s) {
        return HexFormat.of().parseHex(s);
    }

    private static byte[] base64(String s) {
        return Base64.getMimeDecoder().decode(s);
    }
}
