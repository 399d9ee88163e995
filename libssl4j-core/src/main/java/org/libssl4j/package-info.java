// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** OpenSSL's words in Java: a shared configuration, a connection, and what they report. */
package org.libssl4j;
