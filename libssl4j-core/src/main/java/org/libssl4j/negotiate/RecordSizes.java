// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.negotiate;

import org.libssl4j.config.RecordSettings;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.message.ext.ExtensionBlock;
import org.libssl4j.message.ext.MaxFragmentLength;
import org.libssl4j.message.ext.RecordSizeLimit;
import org.libssl4j.spi.FragmentLength;

/**
 * What record_size_limit (RFC 8449) and max_fragment_length (RFC 6066 §4) have made of the size of records: content, type and padding of one that is protected.
 *
 * @param send the most that we may send
 * @param receive the most that the peer may send
 * @param sizeLimit the record_size_limit that a server answers with; 0 for none
 * @param maxFragment what was agreed on by max_fragment_length; DISABLED for nothing
 */
public record RecordSizes(int send, int receive, int sizeLimit, FragmentLength maxFragment) {
    private static final RecordSizes UNLIMITED =
            new RecordSizes(RecordSettings.MAX_SIZE_LIMIT, RecordSettings.MAX_SIZE_LIMIT, 0, FragmentLength.DISABLED);

    /** What a server makes of the extensions of a ClientHello. */
    public static RecordSizes forServer(ExtensionBlock hello, RecordSettings settings) throws TlsException {
        RecordSizeLimit limit = hello.get(ExtensionType.RECORD_SIZE_LIMIT, RecordSizeLimit::read);
        if (limit != null && settings.sizeLimit() > 0) {
            // RFC 8449 §5: who knows record_size_limit ignores a max_fragment_length beside it. §4: a client may name a
            // limit beyond what the version has.
            int send = Math.min(limit.limit(), RecordSettings.MAX_SIZE_LIMIT);
            return new RecordSizes(send, settings.sizeLimit(), settings.sizeLimit(), FragmentLength.DISABLED);
        }
        return agreed(hello.get(ExtensionType.MAX_FRAGMENT_LENGTH, MaxFragmentLength::read));
    }

    /** What a client makes of the extensions of EncryptedExtensions, all of which it had offered. */
    public static RecordSizes forClient(ExtensionBlock answer, RecordSettings settings) throws TlsException {
        return forClient(answer, settings, RecordSettings.MAX_SIZE_LIMIT);
    }

    /** What a client makes of the extensions of a ServerHello of TLS 1.2 or before. There a limit counts content alone (RFC 8449 §4). */
    public static RecordSizes forClient12(ExtensionBlock answer, RecordSettings settings) throws TlsException {
        return forClient(answer, settings, RecordSettings.MAX_CONTENT).ofContent();
    }

    /** What a server of TLS 1.2 or before makes of the extensions of a ClientHello. There a limit counts content alone (RFC 8449 §4). */
    public static RecordSizes forServer12(ExtensionBlock hello, RecordSettings settings) throws TlsException {
        return forServer(hello, settings).ofContent();
    }

    private RecordSizes ofContent() {
        if (maxFragment != FragmentLength.DISABLED) {
            return new RecordSizes(maxFragment.bytes(), maxFragment.bytes(), 0, maxFragment);
        }
        return new RecordSizes(
                Math.min(send, RecordSettings.MAX_CONTENT),
                Math.min(receive, RecordSettings.MAX_CONTENT),
                Math.min(sizeLimit, RecordSettings.MAX_CONTENT),
                FragmentLength.DISABLED);
    }

    private static RecordSizes forClient(ExtensionBlock answer, RecordSettings settings, int most) throws TlsException {
        RecordSizeLimit limit = answer.get(ExtensionType.RECORD_SIZE_LIMIT, RecordSizeLimit::read);
        MaxFragmentLength fragment = answer.get(ExtensionType.MAX_FRAGMENT_LENGTH, MaxFragmentLength::read);
        if (limit == null) {
            // RFC 6066 §4: the answer is the length that was asked for.
            if (fragment != null
                    && fragment.code() != settings.maxFragmentLength().code()) {
                throw new TlsException(
                        AlertDescription.ILLEGAL_PARAMETER,
                        Reason.SSL3_EXT_INVALID_MAX_FRAGMENT_LENGTH,
                        "max_fragment_length: an answer of " + fragment.bytes() + " bytes; "
                                + settings.maxFragmentLength().bytes() + " were asked for");
            }
            return agreed(fragment);
        }
        // RFC 8449 §5: a server answers one of the two.
        if (fragment != null) {
            throw new TlsException(
                    AlertDescription.ILLEGAL_PARAMETER,
                    Reason.BAD_EXTENSION,
                    "an answer with both record_size_limit and max_fragment_length; one of them is allowed");
        }
        // RFC 8449 §4: a server does not go beyond what the version has; a client may refuse one that does.
        if (limit.limit() > most) {
            throw new TlsException(
                    AlertDescription.ILLEGAL_PARAMETER,
                    Reason.BAD_EXTENSION,
                    "record_size_limit: an answer of " + limit.limit() + " bytes; at most " + most + " allowed");
        }
        return new RecordSizes(limit.limit(), settings.offeredSizeLimit(), 0, FragmentLength.DISABLED);
    }

    private static RecordSizes agreed(MaxFragmentLength fragment) {
        if (fragment == null) {
            return UNLIMITED;
        }
        // RFC 6066 §4 limits the content. The type is not counted; padding is, for who asks for small records has
        // little
        // room.
        int most = fragment.bytes() + 1;
        return new RecordSizes(most, most, 0, FragmentLength.of(fragment.code()));
    }
}
