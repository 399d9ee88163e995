// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds the drawing of the packages: dependencies point down only.
 *
 * <pre>
 *                        api                    org.libssl4j, org.libssl4j.bio
 *                         │
 *                    connection
 *                    ┌────┴─────────────┐
 *             flow13   flow12           │
 *                    │                  │
 *                   flow                │
 *               ┌────┴─────┐            │
 *            verify    negotiate        │
 *               └────┬─────┘            │
 *                handshake ◄───────── carrier   carrier implements handshake.Carrier; only connection sees it
 *                    │                  │
 *              keyschedule            record    one record, no handshake knowledge
 *                    └────────┬─────────┘
 *                          message
 *                             │
 *     crypto   wire   iana   fault   spi   session   config
 * </pre>
 *
 * Beside them stands {@code trace}, which sees {@code message} and is seen by the api alone.
 *
 * A room is a package below {@code org.libssl4j} with all that is below it.
 */
class ArchitectureTest {
    private static final String BASE = "org.libssl4j";
    private static final String STATE = BASE + ".handshake.State";
    private static final String CARRIER = BASE + ".handshake.Carrier";

    private static final Set<String> LEAVES = Set.of("crypto", "wire", "iana", "fault", "spi", "session", "config");
    private static final Set<String> HANDSHAKE_AND_BELOW = union(LEAVES, "message", "keyschedule", "handshake");
    private static final Set<String> FLOW_AND_BELOW = union(HANDSHAKE_AND_BELOW, "verify", "negotiate", "flow");
    private static final Set<String> ALL_BUT_API =
            union(FLOW_AND_BELOW, "flow12", "flow13", "record", "carrier", "connection", "trace");

    /** What each room may see besides itself. A room that does not stand here may not exist. */
    private static final Map<String, Set<String>> MAY_SEE = Map.ofEntries(
            Map.entry("wire", Set.of()),
            Map.entry("iana", Set.of()),
            Map.entry("fault", Set.of("iana")),
            Map.entry("spi", Set.of("iana")),
            Map.entry("crypto", Set.of("iana", "fault", "wire")),
            // What a session is, its forms and where it lies; whether it may be resumed is the affair of negotiate.
            Map.entry("session", Set.of("iana", "fault", "spi", "crypto", "wire")),
            Map.entry("config", Set.of("iana", "spi", "crypto", "session")),
            // Codecs know no policy.
            Map.entry("message", without(LEAVES, "config")),
            Map.entry("keyschedule", union(LEAVES, "message")),
            Map.entry("record", union(LEAVES, "message")),
            // Shows what goes by to people; the engine does not know it.
            Map.entry("trace", Set.of("iana", "spi", "wire", "message")),
            // The seam is the message: below it stands a carrier, and whether that has records is its own affair.
            Map.entry("handshake", without(HANDSHAKE_AND_BELOW, "handshake")),
            Map.entry("carrier", union(HANDSHAKE_AND_BELOW, "record")),
            Map.entry("verify", union(HANDSHAKE_AND_BELOW, "negotiate")),
            Map.entry("negotiate", union(HANDSHAKE_AND_BELOW, "verify")),
            Map.entry("flow", without(FLOW_AND_BELOW, "flow")),
            Map.entry("flow13", FLOW_AND_BELOW),
            Map.entry("flow12", union(FLOW_AND_BELOW, "flow13")),
            Map.entry("connection", without(ALL_BUT_API, "connection", "trace")),
            Map.entry("api", without(ALL_BUT_API, "carrier", "record")));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(BASE);

    @Test
    void dependenciesPointDownOnly() {
        List<String> upward = dependencies(d -> isOurs(d.getTargetClass()))
                .filter(d -> !mayBeSeenFrom(room(d.getOriginClass()), room(d.getTargetClass())))
                .map(Dependency::getDescription)
                .toList();
        assertNone(upward, "dependencies that the drawing does not have");
    }

    @Test
    void everyPackageHasAPlaceInTheDrawing() {
        Set<String> rooms = new TreeSet<>();
        CLASSES.forEach(c -> rooms.add(room(c)));
        rooms.removeAll(MAY_SEE.keySet());
        assertNone(List.copyOf(rooms), "packages that the drawing does not have");
    }

    @Test
    void noRoomsDependOnEachOtherInACircle() {
        SlicesRuleDefinition.slices()
                .matching(BASE + ".(*)..")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void onlyCryptoKnowsTheJdksCiphers() {
        List<String> users = dependencies(
                        d -> d.getTargetClass().getPackageName().startsWith("javax.crypto"))
                .filter(d -> !room(d.getOriginClass()).equals("crypto"))
                .map(Dependency::getDescription)
                .toList();
        assertNone(users, "uses of javax.crypto outside of crypto");
    }

    @Test
    void onlyTheDriverAndTheShutdownSendAlerts() {
        Set<String> senders = Set.of(BASE + ".handshake.Handshake", BASE + ".connection.ShutdownState");
        List<String> others = CLASSES.stream()
                .flatMap(c -> c.getMethodCallsFromSelf().stream())
                .filter(ArchitectureTest::sendsAlert)
                .filter(call -> !senders.contains(call.getOriginOwner().getName()))
                .map(JavaMethodCall::getDescription)
                .toList();
        assertNone(others, "alerts sent where they must not be");
    }

    @Test
    void constructorsOfStatesTakeAtMostSixValues() {
        List<String> long_ = CLASSES.stream()
                .filter(c -> c.isAssignableTo(STATE))
                .flatMap(c -> c.getConstructors().stream())
                .filter(c -> c.getRawParameterTypes().size() > 6)
                .map(c -> c.getFullName())
                .toList();
        assertNone(long_, "constructors of states with more than six parameters");
    }

    @Test
    void theServicesOfAStateAreAtMostEight() {
        List<String> services = CLASSES.stream()
                .filter(c -> c.getName().equals(BASE + ".handshake.Env"))
                .flatMap(c -> c.getMethods().stream())
                .map(m -> m.getName())
                .toList();
        assertFalse(services.size() > 8, () -> "Env has grown: " + services);
    }

    @Test
    void noClassIsNamedForWantOfAName() {
        Pattern attic = Pattern.compile("(Utils?|Helpers?|Managers?|Contexts?)$");
        List<String> attics = CLASSES.stream()
                .filter(c -> attic.matcher(c.getSimpleName()).find())
                .map(JavaClass::getName)
                .toList();
        assertNone(attics, "classes named *Utils, *Helper, *Manager or *Context");
    }

    @Test
    void theTimeComesFromOneClock() {
        Set<String> askers = CLASSES.stream()
                .flatMap(c -> c.getCodeUnitAccessesFromSelf().stream())
                .filter(ArchitectureTest::asksForTheTime)
                .map(a -> a.getOriginOwner().getName())
                .collect(Collectors.toSet());
        assertEquals(Set.of(BASE + ".config.HandshakeConfig"), askers, "classes that ask the system for the time");
    }

    private static boolean asksForTheTime(JavaCodeUnitAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        String name = access.getName();
        boolean noArguments = access.getTarget().getRawParameterTypes().isEmpty();
        return owner.equals("java.lang.System") && (name.equals("currentTimeMillis") || name.equals("nanoTime"))
                || owner.startsWith("java.time.") && name.equals("now")
                || owner.equals("java.time.Clock") && (name.startsWith("system") || name.startsWith("tick"))
                || owner.equals("java.time.InstantSource") && name.equals("system")
                || owner.equals("java.util.Date") && name.equals("<init>") && noArguments
                || owner.equals("java.util.Calendar") && name.equals("getInstance")
                || owner.endsWith("X509Certificate") && name.equals("checkValidity") && noArguments;
    }

    private static boolean sendsAlert(JavaMethodCall call) {
        return call.getName().equals("alert") && call.getTargetOwner().isAssignableTo(CARRIER);
    }

    private static boolean mayBeSeenFrom(String from, String to) {
        return from.equals(to) || MAY_SEE.getOrDefault(from, Set.of()).contains(to);
    }

    private static Stream<Dependency> dependencies(Predicate<Dependency> which) {
        return CLASSES.stream()
                .flatMap(c -> c.getDirectDependenciesFromSelf().stream())
                .filter(which);
    }

    private static boolean isOurs(JavaClass c) {
        return c.getPackageName().equals(BASE) || c.getPackageName().startsWith(BASE + ".");
    }

    private static String room(JavaClass c) {
        String below = c.getPackageName().substring(BASE.length());
        if (below.isEmpty() || below.equals(".bio")) {
            return "api";
        }
        return below.split("\\.")[1];
    }

    private static Set<String> union(Set<String> set, String... more) {
        Set<String> all = new TreeSet<>(set);
        all.addAll(List.of(more));
        return Set.copyOf(all);
    }

    private static Set<String> without(Set<String> set, String... less) {
        Set<String> rest = new TreeSet<>(set);
        rest.removeAll(List.of(less));
        return Set.copyOf(rest);
    }

    private static void assertNone(List<String> found, String what) {
        assertEquals(List.of(), found, () -> what + ":\n  " + String.join("\n  ", found) + "\n");
    }
}
