// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.libssl4j.crypto.pem.PemWriter;
import org.libssl4j.handshake.Role;
import org.libssl4j.testkit.pki.TestCertificate;

/** What "openssl verify" says of the same files: the first fault that it names. */
@Tag("peers")
class ChainVerifierOpensslTest {
    private static final Pattern FAULT = Pattern.compile("error (\\d+) at \\d+ depth lookup");

    static List<Case> cases() {
        return Cases.all().stream().filter(Case::sameAsOpenssl).toList();
    }

    @Test
    void thereAreManyCases() {
        assertTrue(cases().size() >= 60, () -> cases().size() + " cases");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void opensslSaysTheSame(Case c, @TempDir Path directory) throws Exception {
        assertEquals(c.expected().code(), openssl(c.judged(), directory));
    }

    private static int openssl(Judged judged, Path directory) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "openssl",
                "verify",
                "-no-CApath",
                "-no-CAstore",
                "-auth_level",
                "2",
                "-attime",
                Long.toString(Judged.NOW.getEpochSecond()),
                "-verify_depth",
                Integer.toString(judged.depth()),
                "-purpose",
                judged.peer() == Role.SERVER ? "sslserver" : "sslclient"));
        for (String host : judged.hosts()) {
            command.addAll(List.of(HostCheck.isIpAddress(host) ? "-verify_ip" : "-verify_hostname", host));
        }
        if (judged.trusted().isEmpty()) {
            command.add("-no-CAfile");
        } else {
            StringBuilder anchors = new StringBuilder();
            judged.trusted().stream().map(TestCertificate::pem).forEach(anchors::append);
            command.addAll(List.of("-CAfile", write(directory.resolve("anchors.pem"), anchors)));
        }
        StringBuilder others = new StringBuilder();
        judged.sent().stream().skip(1).map(PemWriter::certificate).forEach(others::append);
        if (!others.isEmpty()) {
            command.addAll(List.of("-untrusted", write(directory.resolve("others.pem"), others)));
        }
        command.add(write(
                directory.resolve("leaf.pem"),
                PemWriter.certificate(judged.sent().get(0))));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        Matcher fault = FAULT.matcher(said);
        int code = fault.find() ? Integer.parseInt(fault.group(1)) : 0;
        assertEquals(code == 0, status == 0, said);
        return code;
    }

    private static String write(Path file, CharSequence text) throws IOException {
        return Files.writeString(file, text).toString();
    }
}
