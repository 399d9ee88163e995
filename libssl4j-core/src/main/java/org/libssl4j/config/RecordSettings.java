// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.config;

import org.libssl4j.spi.FragmentLength;

/** How records are made, and how large they may be (RFC 9846 §5; RFC 8449; RFC 6066 §4). Immutable. */
public final class RecordSettings {
    /** The most content that any record has. */
    public static final int MAX_CONTENT = 16_384;
    /** The greatest record_size_limit of TLS 1.3: content and its type (RFC 8449 §4). */
    public static final int MAX_SIZE_LIMIT = MAX_CONTENT + 1;
    /** What a context begins with. */
    public static final RecordSettings DEFAULT = new RecordSettings();

    /** How many zeros are put behind the content of a protected record (RFC 9846 §5.4). */
    @FunctionalInterface
    public interface Padding {
        /**
         * Asked for each protected record.
         *
         * @param contentType of the content
         * @param length of content and type
         * @return how many zeros; more than there is room for are cut off, less than none are none
         */
        int of(int contentType, int length);
    }

    private int maxSendFragment = MAX_CONTENT;
    private int splitSendFragment = MAX_CONTENT;
    private Padding callback;
    private Padding blocks;
    private int sizeLimit = MAX_SIZE_LIMIT;
    private FragmentLength maxFragmentLength = FragmentLength.DISABLED;
    private long recordsPerKey = Long.MAX_VALUE;
    private boolean emptyFragments = true;

    private RecordSettings() {}

    private RecordSettings(RecordSettings o) {
        maxSendFragment = o.maxSendFragment;
        splitSendFragment = o.splitSendFragment;
        callback = o.callback;
        blocks = o.blocks;
        sizeLimit = o.sizeLimit;
        maxFragmentLength = o.maxFragmentLength;
        recordsPerKey = o.recordsPerKey;
        emptyFragments = o.emptyFragments;
    }

    /** The most content of a record that we make (SSL_CTX_set_max_send_fragment(3)). */
    public int maxSendFragment() {
        return maxSendFragment;
    }

    /** One below {@link #splitSendFragment()} takes that one down with it. */
    public RecordSettings withMaxSendFragment(int bytes) {
        RecordSettings next = new RecordSettings(this);
        next.maxSendFragment = bytes;
        next.splitSendFragment = Math.min(bytes, splitSendFragment);
        return next;
    }

    /** From how many bytes on data is spread over the pipelines (SSL_CTX_set_split_send_fragment(3)): with our one it is never reached before {@link #maxSendFragment()}. */
    public int splitSendFragment() {
        return splitSendFragment;
    }

    public RecordSettings withSplitSendFragment(int bytes) {
        RecordSettings next = new RecordSettings(this);
        next.splitSendFragment = bytes;
        return next;
    }

    /** What says how much padding there is: the callback if there is one, else the blocks; null for none. */
    public Padding padding() {
        return callback != null ? callback : blocks;
    }

    /** The user's own choice (SSL_CTX_set_record_padding_callback(3)), or null. */
    public RecordSettings withPadding(Padding p) {
        RecordSettings next = new RecordSettings(this);
        next.callback = p;
        return next;
    }

    /**
     * Pads to whole blocks (SSL_CTX_set_block_padding_ex(3)).
     *
     * @param data block for application data; 0 or 1 for no padding
     * @param handshake block for handshake messages and alerts; 0 or 1 for no padding
     */
    public RecordSettings withBlocks(int data, int handshake) {
        RecordSettings next = new RecordSettings(this);
        next.blocks =
                data > 1 || handshake > 1 ? (type, length) -> fill(type == DATA ? data : handshake, length) : null;
        return next;
    }

    private static final int DATA = 23;

    private static int fill(int block, int length) {
        int over = block > 1 ? length % block : 0;
        return over == 0 ? 0 : block - over;
    }

    /** The largest plaintext of a protected record that we take, with type and padding (RFC 8449 §4); 0 to say and heed nothing. */
    public int sizeLimit() {
        return sizeLimit;
    }

    public RecordSettings withSizeLimit(int bytes) {
        RecordSettings next = new RecordSettings(this);
        next.sizeLimit = bytes;
        return next;
    }

    /** The max_fragment_length that a client asks for (RFC 6066 §4). */
    public FragmentLength maxFragmentLength() {
        return maxFragmentLength;
    }

    public RecordSettings with(FragmentLength m) {
        RecordSettings next = new RecordSettings(this);
        next.maxFragmentLength = m;
        return next;
    }

    /** How many records one key seals at most, if its cipher does not allow less (RFC 9846 §5.5); 2 or more, for one of them is the KeyUpdate. */
    public long recordsPerKey() {
        return recordsPerKey;
    }

    public RecordSettings withRecordsPerKey(long records) {
        if (records < 2) {
            throw new IllegalArgumentException("a key for " + records + " records; 2 are the least");
        }
        RecordSettings next = new RecordSettings(this);
        next.recordsPerKey = records;
        return next;
    }

    /** Whether with CBC in TLS 1.0 an empty record goes before one of data, against the attack known as BEAST (SSL_OP_DONT_INSERT_EMPTY_FRAGMENTS); as with OpenSSL it does. */
    public boolean emptyFragments() {
        return emptyFragments;
    }

    public RecordSettings withEmptyFragments(boolean yes) {
        RecordSettings next = new RecordSettings(this);
        next.emptyFragments = yes;
        return next;
    }

    /** The record_size_limit that a client sends: never more than the max_fragment_length that it asks for as well, for a server that knows both heeds this one alone (RFC 8449 §5). */
    public int offeredSizeLimit() {
        return maxFragmentLength == FragmentLength.DISABLED
                ? sizeLimit
                : Math.min(sizeLimit, maxFragmentLength.bytes() + 1);
    }
}
