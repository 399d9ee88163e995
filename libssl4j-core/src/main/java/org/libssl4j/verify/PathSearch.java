// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.verify;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.function.Function;
import org.libssl4j.config.TrustAnchors;
import org.libssl4j.config.Verification;
import org.libssl4j.spi.VerifyResult;

/**
 * The search for a path from a peer's certificate to an anchor (RFC 4158), in the order in which OpenSSL looks: anchors before the peer's certificates, those valid now before others. Used once.
 *
 * <pre>
 *   leaf ─► issuer among the anchors? ─► self-signed: a path, to be judged
 *     │                                └► not: go on among the anchors
 *     └───► issuer among the peer's?  ─► go on from there
 * </pre>
 *
 * OpenSSL takes the first path that it finds; here a path that does not hold is left for the next one, within bounds, since a peer can send certificates that make for more paths than there is time. The verdict on the first path is the one that counts if none holds.
 */
final class PathSearch {
    /** Steps, each a look over the candidates; a chain of the usual kind takes three. */
    private static final int MOST_STEPS = 250;
    /** Paths judged; each costs a signature check per certificate. */
    private static final int MOST_PATHS = 8;

    private final Collection<X509Certificate> others;
    private final TrustAnchors anchors;
    /** Certificates: the leaf, as many intermediates as the depth says, the anchor. */
    private final long mostInPath;

    private final Date now;
    private final Function<List<X509Certificate>, VerifyResult> judge;
    private final List<X509Certificate> path = new ArrayList<>();
    private List<X509Certificate> held = List.of(); // the path judged last
    private int trusted;
    private int steps;
    private int paths;
    private VerifyResult firstVerdict;
    private VerifyResult firstDeadEnd;

    /**
     * @param others the peer's certificates but its own
     * @param now the time that validity is measured against
     * @param judge says what is to be said of a path
     */
    PathSearch(
            Collection<X509Certificate> others,
            Verification how,
            Instant now,
            Function<List<X509Certificate>, VerifyResult> judge) {
        this.others = others;
        this.anchors = how.anchors();
        this.mostInPath = how.depth() + 2L;
        this.now = Date.from(now);
        this.judge = judge;
    }

    PathVerdict from(X509Certificate leaf) {
        path.add(leaf);
        if (extend(leaf)) {
            return new PathVerdict(VerifyResult.OK, held);
        }
        return PathVerdict.fault(firstVerdict != null ? firstVerdict : firstDeadEnd);
    }

    /** Goes on from the last certificate of the path; true if a path held. */
    private boolean extend(X509Certificate last) {
        if (trusted == 0 && anchors.certificates().contains(last) && Issuer.isSelfSigned(last)) {
            return holds();
        }
        boolean mayGrow = path.size() < mostInPath && ++steps <= MOST_STEPS && !Issuer.isSelfSigned(last);
        if (mayGrow && (throughAnchors(last) || trusted == 0 && throughOthers(last))) {
            return true;
        }
        if (firstDeadEnd == null) {
            firstDeadEnd = deadEnd(last);
        }
        return false;
    }

    private boolean throughAnchors(X509Certificate last) {
        for (X509Certificate issuer : candidates(last, anchors.withSubject(last.getIssuerX500Principal()))) {
            path.add(issuer);
            trusted++;
            boolean held = Issuer.isSelfSigned(issuer) ? holds() : extend(issuer);
            trusted--;
            path.remove(path.size() - 1);
            if (held) {
                return true;
            }
        }
        return false;
    }

    private boolean throughOthers(X509Certificate last) {
        for (X509Certificate issuer : candidates(last, others)) {
            path.add(issuer);
            boolean held = extend(issuer);
            path.remove(path.size() - 1);
            if (held) {
                return true;
            }
        }
        return false;
    }

    /** Those that look like the issuer, the ones valid now first, then the ones valid longest. */
    private List<X509Certificate> candidates(X509Certificate of, Collection<X509Certificate> among) {
        List<X509Certificate> list = new ArrayList<>(2);
        for (X509Certificate c : among) {
            if (Issuer.looksLike(c, of) && !path.contains(c)) {
                list.add(c);
            }
        }
        if (list.size() > 1) {
            list.sort(Comparator.comparing((X509Certificate c) -> !isValid(c))
                    .thenComparing(X509Certificate::getNotAfter, Comparator.reverseOrder()));
        }
        return list;
    }

    private boolean isValid(X509Certificate c) {
        return !now.before(c.getNotBefore()) && !now.after(c.getNotAfter());
    }

    private boolean holds() {
        if (paths == MOST_PATHS) {
            return false;
        }
        paths++;
        held = List.copyOf(path);
        VerifyResult verdict = judge.apply(held);
        if (firstVerdict == null) {
            firstVerdict = verdict;
        }
        return verdict == VerifyResult.OK;
    }

    /** Why no issuer follows. */
    private VerifyResult deadEnd(X509Certificate last) {
        if (path.size() >= mostInPath) {
            return VerifyResult.CERT_CHAIN_TOO_LONG;
        }
        if (Issuer.isSelfSigned(last)) {
            return path.size() == 1 ? VerifyResult.DEPTH_ZERO_SELF_SIGNED_CERT : VerifyResult.SELF_SIGNED_CERT_IN_CHAIN;
        }
        if (trusted > 0) {
            return VerifyResult.UNABLE_TO_GET_ISSUER_CERT;
        }
        // For a lone leaf too: OpenSSL goes on to error 21 only where a callback lets this one pass.
        return VerifyResult.UNABLE_TO_GET_ISSUER_CERT_LOCALLY;
    }
}
