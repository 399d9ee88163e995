// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds that {@code docs/api-map.md} has each name of OpenSSL's that it should, and says of it what is so. */
class ApiMapTest {
    /** Functions that curl, nginx or HAProxy call. */
    private static final String IN_USE = "libssl-symbols-in-use.tsv";

    /** Names that the pages of the manual have which {@code docs/manual.md} goes through. */
    private static final String IN_MANUAL = "manual-names.tsv";

    private static final Pattern ROW = Pattern.compile("\\| `(?<name>[^`]+)` \\| (?<ours>.*) \\|");
    private static final Pattern REFERENCE = Pattern.compile("`([^`]*)`");
    private static final Pattern PLANNED = Pattern.compile("planned: (issue [5-8]|later)");
    private static final Pattern REFUSED = Pattern.compile("refused: \\S.*");

    private record Row(String name, String ours) {
        /** "planned" or "refused", or "ours" for what has references. */
        String kind() {
            return ours.startsWith("planned") ? "planned" : ours.startsWith("refused") ? "refused" : "ours";
        }

        List<ApiReference> references() {
            return REFERENCE
                    .matcher(ours)
                    .results()
                    .map(r -> new ApiReference(r.group(1)))
                    .toList();
        }
    }

    private final List<Row> rows = rows(Path.of("..", "docs", "api-map.md"));

    @Test
    void theListsAreWhole() {
        assertEquals(167, names(IN_USE).size());
        assertTrue(names(IN_MANUAL).containsAll(List.of("SSL_CTX_new", "SSL_want_read", "BIO_nwrite0", "BIO_push")));
    }

    @Test
    void everyFunctionThatCurlNginxOrHaproxyCallsIsInTheMap() {
        assertNoneMissing(IN_USE);
    }

    @Test
    void everyNameOfTheManualsPagesIsInTheMap() {
        assertNoneMissing(IN_MANUAL);
    }

    @Test
    void noNameIsInTheMapTwice() {
        Map<String, Integer> times = new TreeMap<>();
        rows.forEach(r -> times.merge(r.name(), 1, Integer::sum));
        times.values().removeIf(n -> n == 1);
        assertEquals(Map.of(), times);
    }

    @Test
    void whatIsOursIsThere() {
        List<String> wrong = new ArrayList<>();
        for (Row r : rows) {
            if (r.kind().equals("ours")) {
                if (r.references().isEmpty()) {
                    wrong.add(r.name() + " has no reference");
                }
                for (ApiReference a : r.references()) {
                    if (!a.resolves()) {
                        wrong.add(r.name() + ": no " + a.text());
                    }
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void whatIsPlannedNamesAnIssueThatIsStillToCome() {
        assertForm("planned", PLANNED);
    }

    @Test
    void whatIsRefusedHasAReason() {
        assertForm("refused", REFUSED);
    }

    @Test
    void theCountsArePrinted() {
        Map<String, Integer> counts = new TreeMap<>();
        rows.forEach(r -> counts.merge(r.kind(), 1, Integer::sum));
        System.out.println("api map: " + rows.size() + " names: " + counts.getOrDefault("ours", 0) + " ours, "
                + counts.getOrDefault("planned", 0) + " planned, " + counts.getOrDefault("refused", 0) + " refused");
        assertFalse(rows.isEmpty());
    }

    @Test
    void aReferenceResolvesOnlyToWhatUsersMayCall() {
        for (String there : List.of(
                "Ssl",
                "bio.MemoryBio",
                "Ssl.accept()",
                "Ssl.setBio(Bio,Bio)",
                "SslCtx.setMode(SslMode...)",
                "new SslCtx(TlsMethod)",
                "bio.MemoryBio.push(Bio)",
                "SslMode.AUTO_RETRY",
                "spi.VerifyCb.Answer.LATER",
                "spi.InfoCb.LOOP")) {
            assertTrue(new ApiReference(there).resolves(), there);
        }
        for (String not : List.of(
                "",
                "Ssl.",
                "Tls",
                "MemoryBio",
                "Ssl.accept",
                "Ssl.accept(int)",
                "Ssl.setBio()",
                "Ssl.fault(TlsException)",
                "Ssl.toString(int)",
                "SslCtx.config()",
                "new SslCtx()",
                "new SslCtx(TlsMethod,Crypto)",
                "new bio.Bio",
                "SslMode.bit",
                "AlpnNames",
                "connection.TlsConnection",
                "Ssl.hashCode()")) {
            assertFalse(new ApiReference(not).resolves(), not);
        }
    }

    private void assertNoneMissing(String list) {
        List<String> mapped = rows.stream().map(Row::name).toList();
        assertEquals(
                List.of(), names(list).stream().filter(n -> !mapped.contains(n)).toList());
    }

    private void assertForm(String kind, Pattern form) {
        String wrong = rows.stream()
                .filter(r -> r.kind().equals(kind) && !form.matcher(r.ours()).matches())
                .map(r -> r.name() + ": " + r.ours())
                .collect(Collectors.joining("\n"));
        assertEquals("", wrong);
    }

    private static List<Row> rows(Path file) {
        List<Row> rows = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file)) {
                Matcher m = ROW.matcher(line);
                if (m.matches()) {
                    rows.add(new Row(m.group("name"), m.group("ours")));
                } else if (line.startsWith("|")) {
                    assertTrue(line.equals("| OpenSSL | libssl4j |") || line.equals("|---|---|"), "not a row: " + line);
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return rows;
    }

    private static List<String> names(String list) {
        try (InputStream in = ApiMapTest.class.getResourceAsStream(list)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(l -> !l.startsWith("#"))
                    .map(l -> l.substring(0, l.indexOf('\t')))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
