package org.libssl4j.crypto; public enum CryptoPolicy { DEFAULT, FASTEST, JDK_ONLY; public String policyName() {return name();} public static CryptoPolicy byName(String s) {return DEFAULT;} }
