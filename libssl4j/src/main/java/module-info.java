// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** OpenSSL's libssl as a pure-Java TLS library. */
module org.libssl4j {}
