// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.handshake;

/** Where a handshake stands, by OpenSSL's TLS_ST_* and what SSL_state_string(3) and SSL_state_string_long(3) give for it. */
public enum StateName {
    BEFORE(0, "PINIT", "before SSL initialization"),
    OK(1, "SSLOK", "SSL negotiation finished successfully"),
    CR_SRVR_HELLO(3, "TRSH", "SSLv3/TLS read server hello"),
    CR_CERT(4, "TRSC", "SSLv3/TLS read server certificate"),
    CR_CERT_STATUS(5, "TRCS", "SSLv3/TLS read certificate status"),
    CR_KEY_EXCH(6, "TRSKE", "SSLv3/TLS read server key exchange"),
    CR_CERT_REQ(7, "TRCR", "SSLv3/TLS read server certificate request"),
    CR_SRVR_DONE(8, "TRSD", "SSLv3/TLS read server done"),
    CR_SESSION_TICKET(9, "TRST", "SSLv3/TLS read server session ticket"),
    CR_CHANGE(10, "TRCCS", "SSLv3/TLS read change cipher spec"),
    CR_FINISHED(11, "TRFIN", "SSLv3/TLS read finished"),
    CW_CLNT_HELLO(12, "TWCH", "SSLv3/TLS write client hello"),
    CW_CERT(13, "TWCC", "SSLv3/TLS write client certificate"),
    CW_KEY_EXCH(14, "TWCKE", "SSLv3/TLS write client key exchange"),
    CW_CERT_VRFY(15, "TWCV", "SSLv3/TLS write certificate verify"),
    CW_CHANGE(16, "TWCCS", "SSLv3/TLS write change cipher spec"),
    CW_FINISHED(18, "TWFIN", "SSLv3/TLS write finished"),
    SW_HELLO_REQ(19, "TWHR", "SSLv3/TLS write hello request"),
    SR_CLNT_HELLO(20, "TRCH", "SSLv3/TLS read client hello"),
    SR_CERT(27, "TRCC", "SSLv3/TLS read client certificate"),
    SR_KEY_EXCH(28, "TRCKE", "SSLv3/TLS read client key exchange"),
    SR_CERT_VRFY(29, "TRCV", "SSLv3/TLS read certificate verify"),
    SR_CHANGE(31, "TRCCS", "SSLv3/TLS read change cipher spec"),
    SR_FINISHED(32, "TRFIN", "SSLv3/TLS read finished"),
    SW_SRVR_HELLO(22, "TWSH", "SSLv3/TLS write server hello"),
    SW_CERT(23, "TWSC", "SSLv3/TLS write certificate"),
    SW_KEY_EXCH(24, "TWSKE", "SSLv3/TLS write key exchange"),
    SW_CERT_REQ(25, "TWCR", "SSLv3/TLS write certificate request"),
    SW_SRVR_DONE(26, "TWSD", "SSLv3/TLS write server done"),
    SW_SESSION_TICKET(33, "TWST", "SSLv3/TLS write session ticket"),
    SW_CHANGE(35, "TWCCS", "SSLv3/TLS write change cipher spec"),
    SW_FINISHED(36, "TWFIN", "SSLv3/TLS write finished"),
    SW_ENCRYPTED_EXTENSIONS(37, "TWEE", "TLSv1.3 write encrypted extensions"),
    CR_ENCRYPTED_EXTENSIONS(38, "TREE", "TLSv1.3 read encrypted extensions"),
    CR_CERT_VRFY(39, "TRSCV", "TLSv1.3 read server certificate verify"),
    SW_CERT_VRFY(40, "TWSCV", "TLSv1.3 write server certificate verify"),
    SW_KEY_UPDATE(42, "TWSKU", "TLSv1.3 write server key update"),
    CW_KEY_UPDATE(43, "TWCKU", "TLSv1.3 write client key update"),
    SR_KEY_UPDATE(44, "TRCKU", "TLSv1.3 read client key update"),
    CR_KEY_UPDATE(45, "TRSKU", "TLSv1.3 read server key update"),
    EARLY_DATA(46, "TED", "TLSv1.3 early data"),
    ERROR(1000, "SSLERR", "error");

    private final int code;
    private final String shortText;
    private final String longText;

    StateName(int code, String shortText, String longText) {
        this.code = code;
        this.shortText = shortText;
        this.longText = longText;
    }

    /** OpenSSL's number; 1000 for a handshake that failed, for which it has none. */
    public int code() {
        return code;
    }

    /** What SSL_state_string(3) gives. */
    public String shortText() {
        return shortText;
    }

    /** What SSL_state_string_long(3) gives. */
    public String longText() {
        return longText;
    }
}
