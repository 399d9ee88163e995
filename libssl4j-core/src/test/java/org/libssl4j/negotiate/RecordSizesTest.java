// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.negotiate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.libssl4j.config.RecordSettings;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.message.ext.Extension;
import org.libssl4j.message.ext.ExtensionBlock;
import org.libssl4j.message.ext.MaxFragmentLength;
import org.libssl4j.message.ext.RecordSizeLimit;
import org.libssl4j.spi.FragmentLength;

/** What is made of record_size_limit (RFC 8449) and max_fragment_length (RFC 6066 §4). */
class RecordSizesTest {
    private static final RecordSettings DEFAULT = RecordSettings.DEFAULT;
    private static final RecordSettings OFF = DEFAULT.withSizeLimit(0);

    private static ExtensionBlock block(Extension... extensions) {
        ExtensionBlock.Builder b = ExtensionBlock.builder();
        for (Extension e : extensions) {
            b.add(e);
        }
        return b.build();
    }

    private static String server(RecordSettings settings, Extension... offered) throws TlsException {
        return text(RecordSizes.forServer(block(offered), settings));
    }

    private static String client(RecordSettings settings, Extension... answered) throws TlsException {
        return text(RecordSizes.forClient(block(answered), settings));
    }

    private static String text(RecordSizes s) {
        return s.send() + " " + s.receive() + " " + s.sizeLimit() + " " + s.maxFragment();
    }

    private static void refused(Reason reason, RecordSettings settings, Extension... answered) {
        TlsException e = assertThrows(TlsException.class, () -> client(settings, answered));
        assertEquals(AlertDescription.ILLEGAL_PARAMETER + " " + reason, e.alert() + " " + e.reason(), e.getMessage());
    }

    @Test
    void withoutExtensionsThereIsNoLimitButTheVersions() throws TlsException {
        assertEquals("16385 16385 0 DISABLED", server(DEFAULT.withSizeLimit(100)));
        assertEquals("16385 16385 0 DISABLED", client(DEFAULT.withSizeLimit(100)));
    }

    @Test
    void eachSideHeedsTheOthersLimit() throws TlsException {
        assertEquals("100 16385 16385 DISABLED", server(DEFAULT, new RecordSizeLimit(100)));
        assertEquals("100 200 200 DISABLED", server(DEFAULT.withSizeLimit(200), new RecordSizeLimit(100)));
        assertEquals("100 200 0 DISABLED", client(DEFAULT.withSizeLimit(200), new RecordSizeLimit(100)));
    }

    @Test
    void aServerTakesALimitBeyondTheVersionsAndAClientDoesNot() throws TlsException {
        assertEquals("16385 16385 16385 DISABLED", server(DEFAULT, new RecordSizeLimit(65_535)));
        refused(Reason.BAD_EXTENSION, DEFAULT, new RecordSizeLimit(16_386));
    }

    @ParameterizedTest
    @CsvSource({"1, 513, BYTES_512", "2, 1025, BYTES_1024", "3, 2049, BYTES_2048", "4, 4097, BYTES_4096"})
    void aMaxFragmentLengthHoldsForBothDirections(int code, int most, FragmentLength agreed) throws TlsException {
        assertEquals(most + " " + most + " 0 " + agreed, server(DEFAULT, new MaxFragmentLength(code)));
        assertEquals(most + " " + most + " 0 " + agreed, client(DEFAULT.with(agreed), new MaxFragmentLength(code)));
    }

    @Test
    void aServerThatKnowsBothHeedsTheSizeLimitAlone() throws TlsException {
        assertEquals("600 16385 16385 DISABLED", server(DEFAULT, new RecordSizeLimit(600), new MaxFragmentLength(1)));
        assertEquals("513 513 0 BYTES_512", server(OFF, new RecordSizeLimit(600), new MaxFragmentLength(1)));
    }

    @Test
    void aServerThatAnswersBothIsRefused() {
        refused(
                Reason.BAD_EXTENSION,
                DEFAULT.with(FragmentLength.BYTES_512),
                new RecordSizeLimit(600),
                new MaxFragmentLength(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4})
    void anAnswerOfAnotherLengthIsRefused(int code) {
        refused(
                Reason.SSL3_EXT_INVALID_MAX_FRAGMENT_LENGTH,
                DEFAULT.with(FragmentLength.BYTES_1024),
                new MaxFragmentLength(code));
    }

    @Test
    void aClientThatAsksForSmallRecordsSaysSoInBothExtensions() {
        assertEquals(513, DEFAULT.with(FragmentLength.BYTES_512).offeredSizeLimit());
        assertEquals(
                100, DEFAULT.withSizeLimit(100).with(FragmentLength.BYTES_512).offeredSizeLimit());
        assertEquals(16_385, DEFAULT.offeredSizeLimit());
    }
}
