// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.libssl4j.flow.Agree;
import org.libssl4j.flow12.ClientFlow12;
import org.libssl4j.flow13.ClientFlow13;
import org.libssl4j.handshake.Role;
import org.libssl4j.handshake.State;
import org.libssl4j.spi.VerifyCb;
import org.libssl4j.testkit.delays.Delays;
import org.libssl4j.testkit.delays.Link;
import org.libssl4j.testkit.delays.Links;
import org.libssl4j.testkit.delays.Op;
import org.libssl4j.testkit.delays.Outcome;

/** Every flow, held up in every way: what comes of it, and each byte on the wire, is what comes of it when nothing holds it up. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DelaysTest {
    /** Of much data so many pieces are enough. */
    private static final int PIECES = 8_000;

    private static final int SLOW_PIECES = 1_000;

    private static final Map<String, List<Outcome>> REFERENCES = new ConcurrentHashMap<>();
    private static int runs;

    static Stream<Flow> flows() {
        return Flows.all().stream();
    }

    static Stream<Link.Kind> links() {
        return Links.all().stream();
    }

    @AfterAll
    static void sayHowMany() {
        System.out.println("delays: " + runs + " runs of " + Flows.all().size() + " flows");
    }

    // ---- nothing depends on the delays -----------------------------------------------------------------------------

    @ParameterizedTest
    @MethodSource("flows")
    void withoutDelayItEndsAsItShould(Flow flow) {
        List<Outcome> o = reference(flow);
        assertEquals(flow.failure(Role.CLIENT), o.get(0).facts().get("failure"));
        assertEquals(flow.failure(Role.SERVER), o.get(1).facts().get("failure"));
        int all = flow.clientScript().size() + flow.serverScript().size();
        int done = o.get(0).results().size() + o.get(1).results().size();
        assertTrue(
                flow.fault() != null || done == all,
                () -> o.get(0).results() + " " + o.get(1).results());
    }

    @ParameterizedTest
    @MethodSource("flows")
    void aConnectionDoesTheSameWhateverHoldsItUp(Flow flow) {
        same(flow, Flow.Face.CONNECTION, Links.MEMORY, Delays.each());
        same(flow, Flow.Face.CONNECTION, Links.SMALL_MEMORY, Delays.fewest());
    }

    @ParameterizedTest
    @MethodSource("flows")
    void anSslDoesTheSameWhateverHoldsItUp(Flow flow) {
        same(flow, Flow.Face.SSL, Links.MEMORY, Delays.each());
    }

    @ParameterizedTest
    @MethodSource("links")
    void anSslDoesTheSameOverEveryBio(Link.Kind kind) {
        for (Flow flow : Flows.all()) {
            same(flow, Flow.Face.SSL, kind, List.of(Delays.none()));
            if (kind != Links.MEMORY) { // of which there are more above
                same(flow, Flow.Face.SSL, kind, Delays.fewest());
            }
        }
    }

    /** Were a delay not to reach a connection, all would be the same there for nothing. */
    @ParameterizedTest
    @MethodSource("links")
    void anSslIsHeldUpByEachDelayOverEveryBio(Link.Kind kind) {
        Flow flow = Flows.all().stream()
                .filter(f -> f.name().equals("a client certificate"))
                .findAny()
                .orElseThrow();
        Set<String> waits = Set.of("WANT_READ", "WANT_WRITE", "WANT_ASYNC", "WANT_RETRY_VERIFY", "WANT_X509_LOOKUP");
        for (Outcome o : flow.run(Flow.Face.SSL, kind, new Delays(1, 1, 2, 2, true))) {
            assertTrue(o.parked().containsAll(waits), () -> kind + ": " + o.parked());
            int bytes = o.wire().length; // each of which waits, and so is asked for again
            assertTrue(o.repeated() > bytes / 2, () -> kind + ": " + o.repeated() + " for " + bytes);
        }
    }

    private static List<Outcome> reference(Flow flow) {
        return REFERENCES.computeIfAbsent(
                flow.name(), n -> flow.run(Flow.Face.CONNECTION, Links.MEMORY, Delays.none()));
    }

    private static void same(Flow flow, Flow.Face face, Link.Kind kind, List<Delays> delays) {
        List<Outcome> reference = reference(flow);
        for (Delays d : delays) {
            Delays width = d.widened(flow.bytes() / (kind.slow() ? SLOW_PIECES : PIECES));
            String where = flow + ", " + face + " over " + kind + ", " + width;
            List<Outcome> o;
            try {
                o = flow.run(face, kind, width);
            } catch (AssertionError e) {
                throw new AssertionError(where, e);
            }
            runs++;
            assertEquals(List.of(), reference.get(0).differences(o.get(0)), () -> where + ", client");
            assertEquals(List.of(), reference.get(1).differences(o.get(1)), () -> where + ", server");
        }
    }

    // ---- the flows are all there are -------------------------------------------------------------------------------

    @Test
    void theFlowsVisitEveryState() throws Exception {
        Visits visits = new Visits();
        for (Flow flow : Flows.all()) {
            flow.run(Flow.Face.CONNECTION, Links.MEMORY, Delays.none().later(1).pendingFor(1), visits);
        }
        Set<String> states = new TreeSet<>();
        states.addAll(statesBeside(Agree.class));
        states.addAll(statesBeside(ClientFlow13.class));
        states.addAll(statesBeside(ClientFlow12.class));
        // It calls nobody, so it is not seen; what comes of it is.
        states.remove("org.libssl4j.flow12.BeginRenegotiation");
        assertEquals(states, visits.states());
    }

    private static Set<String> statesBeside(Class<?> c) throws Exception {
        return classesBeside(c).stream()
                .filter(State.class::isAssignableFrom)
                .map(Class::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Class<?>> classesBeside(Class<?> c) throws Exception {
        URI uri = c.getResource(c.getSimpleName() + ".class").toURI();
        if (!uri.getScheme().equals("jar")) {
            return classesIn(Path.of(uri).getParent(), c.getPackageName());
        }
        try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
            return classesIn(jar.provider().getPath(uri).getParent(), c.getPackageName());
        }
    }

    private static List<Class<?>> classesIn(Path directory, String packageName) throws Exception {
        List<Class<?>> classes = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path f : files.toList()) {
                String name = f.getFileName().toString();
                if (name.endsWith(".class") && !name.equals("package-info.class")) {
                    classes.add(
                            Class.forName(packageName + "." + name.substring(0, name.length() - ".class".length())));
                }
            }
        }
        return classes;
    }

    /** A callback that is new belongs into this list, and so into a flow; one that can be put off has to be, on each side that has it. */
    @Test
    void theFlowsAskEveryCallbackAndPutOffThoseThatCanBe() throws Exception {
        Set<String> asked = new TreeSet<>();
        for (Flow flow : Flows.all()) {
            List<Outcome> o =
                    flow.run(Flow.Face.SSL, Links.MEMORY, Delays.none().later(1).pendingFor(1));
            o.get(0).asked().forEach(a -> asked.add("client's " + a));
            o.get(1).asked().forEach(a -> asked.add("server's " + a));
        }
        Set<String> expected = new TreeSet<>();
        for (String ofBoth : List.of(
                "InfoCb", "KeylogCb", "MsgCb", "RecordPaddingCb", "Executor", "NewSessionCb", "RemoveSessionCb")) {
            expected.add("client's " + ofBoth);
            expected.add("server's " + ofBoth);
        }
        expected.addAll(Set.of("server's StatelessCookieGenerateCb", "server's StatelessCookieVerifyCb"));
        Set<String> canBePutOff = new TreeSet<>();
        for (String ofBoth : List.of("CertCb", "CertVerifyCb", "VerifyCb")) {
            canBePutOff.addAll(Set.of("client's " + ofBoth, "server's " + ofBoth));
        }
        canBePutOff.addAll(Set.of("client's ClientCertCb", "client's PskClientCb", "server's PskServerCb"));
        for (String ofServers : List.of(
                "ClientHelloCb", "ServernameCb", "AlpnSelectCb", "SslAlpnSelectCb", "GetSessionCb", "TicketKeyCb")) {
            canBePutOff.add("server's " + ofServers);
        }
        canBePutOff.forEach(c -> expected.addAll(Set.of(c, c + " later")));
        assertEquals(expected, asked);

        Set<String> names = new TreeSet<>();
        Set<String> namesOfThoseThatCanBePutOff = new TreeSet<>();
        for (Class<?> c : callbacks()) {
            names.add(c.getSimpleName());
            if (canSayLater(c)) {
                namesOfThoseThatCanBePutOff.add(c.getSimpleName());
            }
        }
        assertEquals(names, withoutSide(expected));
        canBePutOff.remove("server's SslAlpnSelectCb"); // answers a String; what means "later" is AlpnSelectCb's
        assertEquals(namesOfThoseThatCanBePutOff, withoutSide(canBePutOff));
    }

    /** What is named a callback in the public packages, and every interface of one method that can be set. */
    private static Set<Class<?>> callbacks() throws Exception {
        Set<Class<?>> all = new HashSet<>();
        for (Class<?> c : List.of(SslCtx.class, VerifyCb.class)) {
            classesBeside(c).stream()
                    .filter(i -> i.isInterface() && i.getSimpleName().endsWith("Cb"))
                    .forEach(all::add);
        }
        for (Class<?> c : List.of(SslCtx.class, Ssl.class)) {
            for (Method m : c.getMethods()) {
                if (m.getName().startsWith("set")) {
                    Stream.of(m.getParameterTypes())
                            .filter(DelaysTest::hasOneMethod)
                            .forEach(all::add);
                }
            }
        }
        return all;
    }

    private static boolean hasOneMethod(Class<?> c) {
        return c.isInterface()
                && Stream.of(c.getMethods())
                                .filter(m -> Modifier.isAbstract(m.getModifiers()))
                                .count()
                        == 1;
    }

    private static boolean canSayLater(Class<?> callback) {
        Stream<Class<?>> answers = Stream.concat(
                Stream.of(callback), Stream.of(callback.getMethods()).map(Method::getReturnType));
        return answers.flatMap(c -> Stream.of(c.getFields()))
                .anyMatch(f -> f.getName().equals("LATER") || f.getName().equals("RETRY"));
    }

    private static Set<String> withoutSide(Set<String> asked) {
        return asked.stream().map(a -> a.split(" ")[1]).collect(Collectors.toCollection(TreeSet::new));
    }

    /** A state that waits more often, or no longer, belongs into this list. */
    @Test
    void everyWaitOfAHandshakeIsMadeTwice() {
        Delays all = new Delays(1, 1, 2, 2, true);
        Set<String> waits = new TreeSet<>();
        List<String> notRepeated = new ArrayList<>();
        for (Flow flow : Flows.all()) {
            for (Outcome o : flow.run(Flow.Face.CONNECTION, Links.MEMORY, all.widened(flow.bytes() / 1000))) {
                waits.addAll(o.parked());
                if (!o.parked().isEmpty() && o.repeated() < o.parked().size()) {
                    notRepeated.add(flow.name());
                }
            }
        }
        waits.removeIf(w -> w.endsWith(" WRITE"));
        assertEquals(
                new TreeSet<>(Set.of(
                        "CR_SRVR_HELLO READ",
                        "CR_KEY_EXCH READ", // this and what has KEY_EXCH or CHANGE in it: TLS 1.2
                        "CR_CHANGE READ",
                        "CW_KEY_EXCH ASYNC",
                        "CW_KEY_EXCH X509_LOOKUP",
                        "SW_KEY_EXCH ASYNC",
                        "SR_KEY_EXCH READ",
                        "SR_KEY_EXCH ASYNC",
                        "SR_KEY_EXCH X509_LOOKUP",
                        "SR_CHANGE READ",
                        "CR_SRVR_HELLO ASYNC",
                        "CR_ENCRYPTED_EXTENSIONS READ",
                        "CR_CERT_REQ READ",
                        "CR_CERT_REQ X509_LOOKUP", // after the handshake
                        "CW_CERT X509_LOOKUP",
                        "CW_CERT ASYNC", // after the handshake
                        "SR_CLNT_HELLO X509_LOOKUP",
                        "CR_CERT READ",
                        "CR_CERT RETRY_VERIFY",
                        "CR_CERT_VRFY READ",
                        "CR_FINISHED READ",
                        "CR_SESSION_TICKET READ",
                        "CW_CERT_VRFY ASYNC",
                        "BEFORE READ",
                        "SR_CLNT_HELLO READ",
                        "SR_CLNT_HELLO ASYNC",
                        "SR_CLNT_HELLO CLIENT_HELLO_CB",
                        "SW_CERT_VRFY ASYNC",
                        "SR_CERT READ",
                        "SR_CERT RETRY_VERIFY",
                        "SR_CERT_VRFY READ",
                        "SR_FINISHED READ")),
                waits);
        assertEquals(List.of(), notRepeated);
    }

    // ---- the harness finds what it is to find ----------------------------------------------------------------------

    @Test
    void aFlowThatDependsOnTheDelaysIsFound() {
        int[] made = {0};
        Flow flow = Flow.of("each run has another ALPN")
                .client(c -> c.setAlpnProtos("h" + made[0]++))
                .clientDoes(Op.handshake())
                .serverDoes(Op.handshake());
        List<Outcome> one = flow.run(Flow.Face.SSL, Links.MEMORY, Delays.none());
        List<Outcome> other = flow.run(Flow.Face.SSL, Links.MEMORY, Delays.none());
        List<String> d = one.get(0).differences(other.get(0));
        assertTrue(d.stream().anyMatch(s -> s.startsWith("message sent")), d::toString);
        assertTrue(d.stream().anyMatch(s -> s.startsWith("bytes on the wire")), d::toString);
    }
}
