// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/**
 * TLS over a byte stream: records in and out, messages put together, alerts. Reading and writing share no state that changes.
 */
package org.libssl4j.carrier.tls;
