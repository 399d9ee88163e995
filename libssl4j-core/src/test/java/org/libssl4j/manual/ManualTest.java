// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.manual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds that {@code docs/manual.md} goes through all pages that it should, and that each of its rows has a test. */
class ManualTest {
    private static final Path ROOT = Path.of("..");

    private static final Set<String> PAGES = Set.of(
            "SSL_CTX_set_cipher_list(3)",
            "SSL_CTX_set_min_proto_version(3)",
            "SSL_CTX_set_security_level(3)",
            "SSL_connect(3)",
            "SSL_accept(3)",
            "SSL_do_handshake(3)",
            "SSL_set_connect_state(3)",
            "SSL_get_error(3)",
            "SSL_want(3)",
            "SSL_read(3)",
            "SSL_write(3)",
            "SSL_pending(3)",
            "SSL_shutdown(3)",
            "SSL_set_shutdown(3)",
            "SSL_set_bio(3)",
            "SSL_set_fd(3)",
            "SSL_CTX_new(3)",
            "SSL_CTX_set_mode(3)",
            "SSL_CTX_set_options(3)",
            "ssl(7)",
            "bio(7)",
            "BIO_s_bio(3)",
            "BIO_s_mem(3)",
            "BIO_s_socket(3)",
            "BIO_s_connect(3)",
            "BIO_s_accept(3)",
            "BIO_f_buffer(3)",
            "BIO_f_ssl(3)",
            "BIO_should_retry(3)",
            "BIO_read(3)",
            "BIO_push(3)",
            "SSL_CTX_set_psk_client_callback(3)",
            "SSL_CTX_use_psk_identity_hint(3)",
            "SSL_get_psk_identity(3)",
            "SSL_CTX_set_session_cache_mode(3)",
            "SSL_CTX_sess_set_get_cb(3)",
            "SSL_CTX_set_tlsext_ticket_key_cb(3)",
            "SSL_CTX_set_num_tickets(3)",
            "SSL_CTX_set_timeout(3)",
            "SSL_CTX_flush_sessions(3)",
            "SSL_CTX_add_session(3)",
            "SSL_CTX_sess_set_cache_size(3)",
            "SSL_CTX_sess_number(3)",
            "SSL_CTX_set_session_id_context(3)",
            "SSL_set_session(3)",
            "d2i_SSL_SESSION(3)",
            "SSL_SESSION_get_time(3)",
            "SSL_SESSION_get0_id_context(3)",
            "SSL_SESSION_set1_id(3)",
            "SSL_SESSION_get0_hostname(3)",
            "SSL_SESSION_get0_peer(3)",
            "SSL_SESSION_get0_cipher(3)",
            "SSL_SESSION_get_protocol_version(3)",
            "SSL_SESSION_has_ticket(3)",
            "SSL_SESSION_is_resumable(3)",
            "SSL_SESSION_free(3)");

    private static Manual manual;
    private static Map<String, List<TestSources.Found>> tests;

    @BeforeAll
    static void read() throws IOException {
        manual = Manual.read(ROOT);
        tests = TestSources.read(ROOT).enabled();
    }

    @Test
    void everyPageHasRows() {
        assertEquals(56, PAGES.size());
        Set<String> missing = new TreeSet<>(PAGES);
        missing.removeAll(manual.pages());
        assertEquals(Set.of(), missing, "pages without a row");
    }

    @Test
    void everyRowHasATest() {
        assertEquals("", String.join("\n", manual.faults()));
    }

    @Test
    void everyTestOfARowIsThere() {
        List<String> wrong = new ArrayList<>();
        for (String t : manual.tests()) {
            int n = tests.getOrDefault(t, List.of()).size();
            if (n != 1) {
                wrong.add(t + (n == 0 ? " is no enabled test" : " is the name of " + n + " tests"));
            }
        }
        assertEquals("", String.join("\n", wrong));
    }

    @Test
    void everyRowHasATestThatNeedsNoOtherProgram() {
        List<String> wrong = manual.rows().stream()
                .filter(r -> r.tests().stream()
                        .allMatch(t -> tests.getOrDefault(t, List.of()).stream().anyMatch(TestSources.Found::peers)))
                .map(r -> r.page() + ": " + r.sentence())
                .toList();
        assertEquals("", String.join("\n", wrong));
    }

    @Test
    void noRowStandsTwice() {
        Set<String> seen = new TreeSet<>();
        List<String> twice = manual.rows().stream()
                .map(r -> r.page() + ": " + r.sentence())
                .filter(s -> !seen.add(s))
                .toList();
        assertEquals("", String.join("\n", twice));
    }

    @Test
    void theCountsArePrinted() {
        System.out.println("manual: " + manual.pages().size() + " pages, "
                + manual.rows().size() + " rows, " + manual.tests().size() + " tests");
        assertFalse(manual.rows().isEmpty());
    }

    @Test
    void aRowWithoutATestIsAFault() {
        List<Manual.Row> rows = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        List<String> page = List.of(
                "# The manual",
                "| of | no page |",
                "## SSL_a(3)",
                "",
                "| the manual says (our words) | test |",
                "|---|---|",
                "| One thing. | `ATest#a` |",
                "| Another. | `ATest#b`, `BTest#c` |",
                "| No test. | |",
                "| No test either. |  |",
                "| Not in the form. | ATest#a |",
                "| Something besides. | `ATest#a` and more |",
                "|  | `ATest#a` |",
                "| An end is missing. | `ATest#a`",
                "## Words",
                "| of | no page |");
        Manual.parse("a.md", page, rows, faults);
        assertEquals(
                List.of(
                        new Manual.Row("SSL_a(3)", "One thing.", List.of("ATest#a")),
                        new Manual.Row("SSL_a(3)", "Another.", List.of("ATest#b", "BTest#c"))),
                rows);
        assertEquals(
                List.of("a.md:9:", "a.md:10:", "a.md:11:", "a.md:12:", "a.md:13:", "a.md:14:"),
                faults.stream().map(f -> f.substring(0, f.indexOf(' '))).toList());
    }

    @Test
    void onlyEnabledTestsAreFound() {
        Map<String, List<TestSources.Found>> found = TestSources.of(
                        """
                        /** @Test void inAComment() {} */
                        @Timeout(value = 3, unit = TimeUnit.SECONDS)
                        class ATest extends Base {
                            @Test // or not
                            void plain() { String s = "@Test void inAString() {"; }
                            // @Test
                            void noTest() {}
                            @ParameterizedTest(name = "a) (b") @ValueSource(strings = {"(", "\\"@Disabled"})
                            public void withParameters(String s) {}
                            @TestFactory
                            Stream<DynamicTest> made() { return null; }
                            @Test @Disabled("(later)") void disabled() {}
                            @EnabledOnOs(OS.LINUX) @Test void onOneSystem() {}
                            @Test
                            @Tag("peers")
                            void withAProgram() {}
                            @BeforeAll void setUp() {}
                        }
                        """,
                        "abstract class Base { @Test void inherited() {} }",
                        "@Tag(\"peers\") abstract class Programs { }",
                        "final class BTest extends Programs { @Test void a() {} }",
                        "@Disabled class CTest { @Test void a() {} }",
                        "class DTest { @Test void a() {} }",
                        "class DTest { @Test void a() {} }")
                .enabled();
        assertEquals(
                Set.of(
                        "ATest#plain",
                        "ATest#withParameters",
                        "ATest#made",
                        "ATest#withAProgram",
                        "ATest#inherited",
                        "Base#inherited",
                        "BTest#a",
                        "DTest#a"),
                found.keySet());
        assertEquals(2, found.get("DTest#a").size());
        assertTrue(found.get("BTest#a").get(0).peers());
        assertTrue(found.get("ATest#withAProgram").get(0).peers());
        assertFalse(found.get("ATest#plain").get(0).peers());
    }
}
