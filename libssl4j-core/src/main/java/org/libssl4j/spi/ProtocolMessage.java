// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.spi;

/**
 * A protocol message that went by (SSL_CTX_set_msg_callback(3)).
 *
 * <p>A record of the peer's is told before the messages in it. Of what we send, handshake messages are told first, for several of them share a record; then the records. {@code org.libssl4j.SslTrace} puts them in order.
 *
 * @param sent whether it was ours
 * @param contentType the content type of its record: 20 change_cipher_spec, 21 alert, 22 handshake; 256 for a record header; 257 for the content type inside a protected record, one byte
 * @param epoch whose keys protect it: INITIAL (none), EARLY_DATA, HANDSHAKE or APPLICATION
 * @param bytes the message, without record header but with the header of a handshake message; the receiver's to keep
 */
public record ProtocolMessage(boolean sent, int contentType, String epoch, byte[] bytes) {}
