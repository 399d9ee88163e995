// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.libssl4j.scenarios.Deviations;
import org.libssl4j.scenarios.Recording;
import org.libssl4j.scenarios.Scenario;
import org.libssl4j.scenarios.ScenarioPlayer;
import org.libssl4j.testkit.peer.PeerProgram;
import org.libssl4j.testkit.pki.TestCertificate;

/** The scenarios over the libssl that is installed, by a C program, and over libssl4j: callers are told the same. */
@Tag("peers")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LibsslTest {
    private static final Duration PATIENCE = Duration.ofSeconds(100);
    private static final Path SOURCE = Path.of("src", "test", "c", "scenarios.c");
    private static final Path RECORDED = Path.of("target", "libssl.txt");
    private static final Deviations DEVIATIONS = Deviations.kept();

    @TempDir
    static Path directory;

    private static String printed;
    private static Recording libssl;

    @BeforeAll
    static void playOverLibssl() throws Exception {
        String player = directory.resolve("scenarios").toString();
        run("", "cc", "-Wall", "-Wextra", "-Werror", "-o", player, SOURCE.toString(), "-lssl", "-lcrypto");
        TestCertificate certificate =
                TestCertificate.builder().dns("scenario.libssl4j.test").build();
        Path cert = certificate.writeCertificate(directory.resolve("cert.pem"));
        Path key = certificate.writeKey(directory.resolve("key.pem"));
        printed = run(Scenario.script(), player, cert.toString(), key.toString());
        libssl = Recording.parse(printed);
        Files.writeString(RECORDED, printed);
        System.out.printf(
                "libssl %s: %d scenarios, %d steps compared, %d of them deviate%n",
                libssl.version(),
                libssl.outcomes().size(),
                libssl.outcomes().values().stream().mapToInt(List::size).sum(),
                DEVIATIONS.count(Recording.mostLike(libssl.majorMinor())));
    }

    private static String run(String input, String... command) throws Exception {
        try (PeerProgram program = PeerProgram.start(command)) {
            program.feed(input.getBytes(StandardCharsets.UTF_8), true);
            assertEquals(0, program.awaitExit(PATIENCE), program::toString);
            return new String(program.output(), StandardCharsets.UTF_8);
        }
    }

    static List<Scenario> scenarios() {
        return Scenario.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scenarios")
    void callersAreToldWhatTheInstalledLibsslTellsThem(Scenario scenario) {
        String version = Recording.mostLike(libssl.majorMinor());
        List<String> faults = DEVIATIONS.faults(version, scenario, libssl.of(scenario), ScenarioPlayer.play(scenario));
        assertTrue(faults.isEmpty(), () -> String.join("\n", faults));
    }

    /** Of a version of which none is kept, the test above compares with the one that is most like it. */
    @Test
    void theRecordingIsWhatTheInstalledLibsslSays() {
        assertEquals(scenarios().size(), libssl.outcomes().size());
        if (Recording.KEPT.contains(libssl.majorMinor())) {
            String kept = Scenario.text("libssl-" + libssl.majorMinor() + ".txt");
            assertEquals(
                    withoutVersion(kept),
                    withoutVersion(printed),
                    "if libssl is right, what it said stands in " + RECORDED + " to take the recording's place");
        }
    }

    private static String withoutVersion(String recording) {
        return recording.substring(recording.indexOf('\n'));
    }
}
