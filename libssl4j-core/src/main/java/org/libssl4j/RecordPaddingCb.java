// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

/** Says how much padding a TLS 1.3 record gets, against those who look at lengths (SSL_CTX_set_record_padding_callback(3); RFC 9846 §5.4). */
@FunctionalInterface
public interface RecordPaddingCb {
    /**
     * Called before each record is encrypted, on the thread that writes. An exception ends the connection.
     *
     * @param ssl the connection; nothing can be read or written from here
     * @param type the content type: 21 for an alert, 22 for handshake messages, 23 for application data
     * @param length bytes of the content with its type
     * @return bytes of padding; 0 or less for none. What goes beyond the largest record that may be sent is cut off.
     */
    int padding(Ssl ssl, int type, int length);
}
