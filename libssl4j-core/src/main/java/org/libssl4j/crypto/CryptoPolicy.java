// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto;

/** Which implementation of a primitive is preferred where there are several; {@code docs/crypto-providers.md} has the tables. */
public enum CryptoPolicy {
    /** For secrets what its maker calls constant-time, and of these the fastest; for what is public the fastest. */
    DEFAULT("default"),
    /** The fastest that was measured, whatever it allocates natively. */
    FASTEST("fastest"),
    /** What the JDK ships, and nothing else. */
    JDK_ONLY("jdk-only");

    private final String policyName;

    CryptoPolicy(String policyName) {
        this.policyName = policyName;
    }

    /** The name in configurations: "default", "fastest", "jdk-only". */
    public String policyName() {
        return policyName;
    }

    /**
     * The policy of this name.
     *
     * @throws IllegalArgumentException for another name
     */
    public static CryptoPolicy byName(String name) {
        for (CryptoPolicy p : values()) {
            if (p.policyName.equals(name)) {
                return p;
            }
        }
        throw new IllegalArgumentException("crypto policy " + name + "; there are default, fastest and jdk-only");
    }
}
