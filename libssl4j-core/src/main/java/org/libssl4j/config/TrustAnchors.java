// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.config;

import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

/** The certificates that a verification may end at. Immutable. */
public final class TrustAnchors {
    /** Nobody. */
    public static final TrustAnchors NONE = new TrustAnchors(Set.of());

    private final Set<X509Certificate> certificates;
    private final Set<TrustAnchor> anchors;
    /** Made when first asked for: a context may take in many files before it verifies anything. */
    private volatile Map<X500Principal, List<X509Certificate>> bySubject;

    private TrustAnchors(Set<X509Certificate> certificates) {
        this.certificates = Set.copyOf(certificates);
        Set<TrustAnchor> set = new HashSet<>();
        for (X509Certificate c : certificates) {
            set.add(new TrustAnchor(c, null));
        }
        this.anchors = Set.copyOf(set);
    }

    /** These and the ones before. */
    public TrustAnchors plus(Collection<X509Certificate> more) {
        Set<X509Certificate> all = new HashSet<>(certificates);
        all.addAll(more);
        return new TrustAnchors(all);
    }

    public Set<X509Certificate> certificates() {
        return certificates;
    }

    /** In the JDK's form. */
    public Set<TrustAnchor> anchors() {
        return anchors;
    }

    /** Those with this subject. */
    public List<X509Certificate> withSubject(X500Principal subject) {
        Map<X500Principal, List<X509Certificate>> index = bySubject;
        if (index == null) {
            index = new HashMap<>();
            for (X509Certificate c : certificates) {
                index.computeIfAbsent(c.getSubjectX500Principal(), s -> new ArrayList<>(1))
                        .add(c);
            }
            bySubject = index;
        }
        return index.getOrDefault(subject, List.of());
    }
}
