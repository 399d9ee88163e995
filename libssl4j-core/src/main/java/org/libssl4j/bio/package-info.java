// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/**
 * Where bytes come from and go to: the BIO of OpenSSL (bio(7)) as far as a TLS connection needs it.
 *
 * <p>A {@link org.libssl4j.bio.Bio} has two methods at its heart, {@code read} and {@code write}, which move some bytes, or say that it has to be tried again. OpenSSL's error returns are {@link java.io.IOException}s here.
 */
package org.libssl4j.bio;
