// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bio;

/** Which kind of IP addresses may be used: BIO_FAMILY_* (BIO_set_conn_ip_family(3)). */
public enum IpFamily {
    /** Any (BIO_FAMILY_IPANY). */
    ANY,
    /** IPv4 alone (BIO_FAMILY_IPV4). */
    IPV4,
    /** IPv6 alone (BIO_FAMILY_IPV6). */
    IPV6
}
