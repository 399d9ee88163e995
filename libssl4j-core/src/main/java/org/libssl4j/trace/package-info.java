// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** Protocol messages in words, in the layout of OpenSSL's SSL_trace(3): for people, so it decodes what it can and shows the rest as it is; nothing here is strict, and nothing fails. */
package org.libssl4j.trace;
