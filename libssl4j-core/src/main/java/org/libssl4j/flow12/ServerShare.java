// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import org.libssl4j.crypto.KeyExchange;

/**
 * The server's half of a Diffie-Hellman exchange, which it has signed (RFC 5246 §7.4.3).
 *
 * @param group makes our half
 * @param share the server's public value
 */
record ServerShare(KeyExchange.Factory group, byte[] share) {}
