// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.jca;

import org.libssl4j.crypto.Hash;

/** MD5 and SHA-1 side by side over the same bytes, the results one behind the other (RFC 2246 §7.4.9). */
record Md5Sha1(Hash md5, Hash sha1) implements Hash {
    @Override
    public void update(byte[] in, int off, int len) {
        md5.update(in, off, len);
        sha1.update(in, off, len);
    }

    @Override
    public byte[] digest() {
        byte[] both = new byte[length()];
        System.arraycopy(md5.digest(), 0, both, 0, md5.length());
        System.arraycopy(sha1.digest(), 0, both, md5.length(), sha1.length());
        return both;
    }

    @Override
    public Hash copy() {
        return new Md5Sha1(md5.copy(), sha1.copy());
    }

    @Override
    public int length() {
        return md5.length() + sha1.length();
    }
}
