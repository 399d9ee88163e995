// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/**
 * Protection of one record (RFC 9846 §5). Knows neither handshake nor buffers.
 */
package org.libssl4j.record;
