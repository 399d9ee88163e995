// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** Certificates for tests, right ones and odd ones (RFC 5280), made in three lines and without any other library. */
package org.libssl4j.testkit.pki;
