// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package org.libssl4j.crypto.pem; import java.util.*; import java.security.*; public record Pkcs12(List<byte[]> chain, PrivateKey key) { public static Pkcs12 read(byte[] b, char[] p) throws GeneralSecurityException {throw new GeneralSecurityException();} }
