// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** The shim that BoringSSL's conformance tests drive, over the public face of libssl4j. */
module org.libssl4j.bogo {
    requires org.libssl4j;
}
