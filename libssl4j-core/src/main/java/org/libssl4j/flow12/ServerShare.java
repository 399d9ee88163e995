// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import org.libssl4j.crypto.KeyExchange;

/**
 * The server's half of a Diffie-Hellman exchange, which it has signed unless keys were shared before (RFC 5246 §7.4.3); or of those only the hint (RFC 4279 §2).
 *
 * @param group makes our half; null without Diffie-Hellman
 * @param share the server's public value; null without Diffie-Hellman
 * @param hint helps to choose the pre-shared key; null for none
 */
record ServerShare(KeyExchange.Factory group, byte[] share, byte[] hint) {}
