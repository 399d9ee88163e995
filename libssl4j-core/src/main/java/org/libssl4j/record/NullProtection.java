// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.record;

/** Records before there are keys: the content as it is (RFC 9846 §5.1). */
public final class NullProtection implements RecordProtection {
    private final UsageLimits limits = new UsageLimits(Long.MAX_VALUE);

    @Override
    public int overhead() {
        return 0;
    }

    @Override
    public int maxBody() {
        return RecordHeader.MAX_PLAINTEXT;
    }

    @Override
    public int minBody() {
        return 0;
    }

    @Override
    public boolean encrypts() {
        return false;
    }

    @Override
    public int seal(int type, int version, byte[] record, int off, int length, int padding) {
        RecordHeader.write(record, off, type, version, length);
        return RecordHeader.SIZE + length;
    }

    @Override
    public void open(byte[] record, int off, int body, byte[] out, int outOff, Opened opened) {
        System.arraycopy(record, off + RecordHeader.SIZE, out, outOff, body);
        opened.set(RecordHeader.type(record, off), out, outOff, body);
    }

    @Override
    public UsageLimits limits() {
        return limits;
    }

    @Override
    public void close() {
        // there is no key
    }
}
