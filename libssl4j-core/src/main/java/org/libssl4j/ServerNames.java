// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import java.util.ArrayList;
import java.util.List;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.config.Verification;
import org.libssl4j.verify.HostCheck;

/** Who gave an {@link Ssl} the names of its peer: the name sent in server_name, and those of which the certificate has to bear one. Each method returns the configuration with its change. Not thread-safe. */
final class ServerNames {
    private boolean hostsGiven;
    private String chainName; // given to call(), and not yet forgotten

    /** The name to be sent, unless it is an IP address, and checked if none was given to be checked (SSL_set_tlsext_host_name(3)). */
    HandshakeConfig hostname(HandshakeConfig config, String name) {
        String ascii = name == null ? null : HostCheck.toAscii(name);
        boolean ip = ascii != null && HostCheck.isIpAddress(ascii);
        HandshakeConfig c = config.with(config.extensions().withServerName(ip ? null : ascii));
        return hostsGiven ? c : c.with(c.verification().withHosts(ascii == null ? List.of() : List.of(ascii)));
    }

    /** The one name to be checked (SSL_set1_host(3)). */
    HandshakeConfig set1Host(HandshakeConfig config, String name) {
        hostsGiven = true;
        return config.with(config.verification().withHosts(List.of(HostCheck.toAscii(name))));
    }

    /** One more name to be checked (SSL_add1_host(3)). */
    HandshakeConfig add1Host(HandshakeConfig config, String name) {
        hostsGiven = true;
        List<String> hosts = new ArrayList<>(config.verification().hosts());
        hosts.add(HostCheck.toAscii(name));
        return config.with(config.verification().withHosts(hosts));
    }

    /** No name to be checked. */
    HandshakeConfig disableCheck(HandshakeConfig config) {
        hostsGiven = true;
        return config.with(config.verification().withNameNeeded(false).withHosts(List.of()));
    }

    /**
     * The name of whom a chain calls, unless a name was set. Where names are not to be checked this one is only sent.
     *
     * @param config without the name that the chain called before
     * @throws IllegalArgumentException if it has to be checked and can be neither a host name nor an IP address
     */
    HandshakeConfig call(HandshakeConfig config, String name) {
        boolean named = config.extensions().serverName() != null
                || !hostsGiven && !config.verification().hosts().isEmpty();
        if (named) {
            return config;
        }
        boolean check = !hostsGiven && config.verification().nameNeeded();
        Verification before = config.verification();
        HandshakeConfig c = config;
        try {
            c = hostname(config, name);
        } catch (IllegalArgumentException e) {
            if (check) {
                throw e;
            }
        }
        chainName = name;
        return check ? c : c.with(before);
    }

    /** What {@link #call} has named the server; null if it has not. */
    String chainName() {
        return chainName;
    }

    /** The name that a chain called is no setting: the next connection may be made to somebody else. */
    HandshakeConfig forgetChainName(HandshakeConfig config) {
        if (chainName == null) {
            return config;
        }
        chainName = null;
        HandshakeConfig c = config.with(config.extensions().withServerName(null));
        return hostsGiven ? c : c.with(c.verification().withHosts(List.of()));
    }
}
