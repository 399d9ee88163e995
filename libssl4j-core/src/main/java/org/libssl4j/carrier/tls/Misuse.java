// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.carrier.tls;

import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;

/** Budgets for what a peer may do but has no reason to do often, and what would keep us busy without end. The numbers are OpenSSL's and BoringSSL's. Not thread-safe. */
final class Misuse {
    /** BoringSSL's kMaxEmptyRecords, OpenSSL's MAX_EMPTY_RECORDS; both count change_cipher_spec records among them. */
    private static final int EMPTY_RECORDS = 32;
    /** BoringSSL's kMaxWarningAlerts; OpenSSL's MAX_WARN_ALERT_COUNT is 5. */
    private static final int WARNINGS = 4;
    /** BoringSSL's kMaxKeyUpdates; OpenSSL once had MAX_KEY_UPDATE_MESSAGES of the same number. */
    private static final int KEY_UPDATES = 32;

    private int emptyRecords;
    private int warnings;
    private int keyUpdates;

    /** A record with content came: what was counted in a row of records begins anew. */
    void content() {
        emptyRecords = 0;
        warnings = 0;
    }

    /** Application data came: what was counted in a row begins anew. */
    void progress() {
        content();
        keyUpdates = 0;
    }

    /** RFC 9846 §5.1, §5: application data of no length may be sent against traffic analysis, and a change_cipher_spec is dropped; not without end. */
    void emptyRecord() throws TlsException {
        if (++emptyRecords > EMPTY_RECORDS) {
            throw tooMany(
                    Reason.RECORD_TOO_SMALL, "records in a row that are empty or a change_cipher_spec", EMPTY_RECORDS);
        }
    }

    /** RFC 9846 §6.1: user_canceled is followed by close_notify; it need not come twice. RFC 5246 §7.2: what a warning means is ours to say, but not without end. */
    void warning() throws TlsException {
        if (++warnings > WARNINGS) {
            throw tooMany(Reason.TOO_MANY_WARN_ALERTS, "alerts in a row that only warn", WARNINGS);
        }
    }

    /** RFC 9846 §4.7.3 [8446 4.6.3]: each key_update makes us derive keys, and maybe answer. */
    void keyUpdate() throws TlsException {
        if (++keyUpdates > KEY_UPDATES) {
            throw tooMany(Reason.TOO_MANY_KEY_UPDATES, "key_update messages without data between", KEY_UPDATES);
        }
    }

    private static TlsException tooMany(Reason reason, String what, int allowed) {
        return new TlsException(
                AlertDescription.UNEXPECTED_MESSAGE, reason, "too many " + what + "; " + allowed + " allowed");
    }
}
