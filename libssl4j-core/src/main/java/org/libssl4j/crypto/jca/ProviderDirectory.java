// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.jca;

import java.security.Provider;
import java.security.Security;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The JCA providers to be had, by maker. Those that are no part of the JDK are loaded by class name when they are first asked for and used by instance: nothing is ever put into the JVM's list. Thread-safe.
 */
final class ProviderDirectory {
    private final List<Provider> first;
    private final Map<Maker, FirstUse<List<Provider>>> byMaker = new EnumMap<>(Maker.class);

    /** @param first come before all others, in this order, for whatever they have */
    ProviderDirectory(List<Provider> first) {
        this.first = List.copyOf(first);
        for (Maker m : Maker.values()) {
            byMaker.put(m, new FirstUse<>(() -> find(m)));
        }
    }

    /** Providers that the caller gave, which come before the ranked ones. */
    List<Provider> first() {
        return first;
    }

    /** The providers of this maker; none if it is absent or its native library does not load. */
    List<Provider> of(Maker maker) {
        return byMaker.get(maker).get();
    }

    /** Whether the JDK ships this provider. */
    static boolean isOfJdk(Provider p) {
        ClassLoader l = p.getClass().getClassLoader();
        return l == null || l == ClassLoader.getPlatformClassLoader();
    }

    private static List<Provider> find(Maker maker) {
        return switch (maker) {
            case JDK -> installed(true);
            case INSTALLED -> installed(false);
            default -> maker.providerClass() == null ? List.of() : load(maker);
        };
    }

    private static List<Provider> installed(boolean ofJdk) {
        List<Provider> found = new ArrayList<>();
        for (Provider p : Security.getProviders()) {
            if (isOfJdk(p) == ofJdk) {
                found.add(p);
            }
        }
        return List.copyOf(found);
    }

    private static List<Provider> load(Maker maker) {
        try {
            Class<?> c = Class.forName(maker.providerClass(), true, ProviderDirectory.class.getClassLoader());
            Provider p = (Provider) c.getConstructor().newInstance();
            return List.of(p);
        } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
            return List.of(); // not there, or not for this machine: the next in rank has to do
        }
    }

    /** Whether {@code p} has this algorithm, by its own list. */
    static boolean has(Provider p, String type, String algorithm) {
        return p.getService(type, algorithm) != null;
    }
}
