// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.timing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** What was measured, as Markdown: a line about machine and run, and a table for each panel. */
final class Report {
    private final StringBuilder text = new StringBuilder();
    private final Random random;

    private Report(Random random) {
        this.random = random;
    }

    /**
     * The text.
     *
     * @param samples of each kind
     */
    static String of(List<Panel> panels, int samples, long seed, double load) throws IOException {
        Report r = new Report(new Random(seed));
        r.line(
                "%s, %s (%s), %s %s, %s, %d processors, load average before the run %.1f; %,d samples of each kind, seed %d.",
                LocalDate.now(ZoneOffset.UTC),
                System.getProperty("java.vm.name"),
                System.getProperty("java.vm.version"),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                processor(),
                Runtime.getRuntime().availableProcessors(),
                load,
                samples,
                seed);
        panels.forEach(r::panel);
        return r.text.toString();
    }

    private void panel(Panel p) {
        line("");
        line("#### %s", p.title());
        line("");
        line("%s.", p.about());
        line("");
        line("| kind | median | quartiles | 5 to 95 %% | Δ median [95 %%] | D | t |");
        line("|---|---|---|---|---|---|---|");
        Map<Kind, Sample> levelled = p.levelled();
        for (Kind k : p.kinds()) {
            Sample s = k.sample();
            line(
                    "| %s | %s | %s–%s | %s–%s | %s |",
                    k.name() + (k.claim() == Kind.Claim.PUBLIC ? " (public)" : ""),
                    micros(s.median()),
                    micros(s.quantile(0.25)),
                    micros(s.quantile(0.75)),
                    micros(s.quantile(0.05)),
                    micros(s.quantile(0.95)),
                    k == p.reference() ? "| |" : difference(levelled.get(k).from(levelled.get(p.reference()), random)));
        }
        line("");
        line("%s", furthest(p, levelled));
    }

    private static String difference(Difference d) {
        return String.format(
                Locale.ROOT,
                "%+.0f [%+.0f, %+.0f] | %.3f | %s%+.1f%s",
                d.medians(),
                d.low(),
                d.high(),
                d.distance(),
                d.certain() ? "**" : "",
                d.t(),
                d.certain() ? "**" : "");
    }

    /** Of all pairs that should be equal the one that is least so. */
    private String furthest(Panel p, Map<Kind, Sample> levelled) {
        List<Kind> kinds = p.equal();
        String pair = "";
        Difference most = null;
        int certain = 0;
        int pairs = 0;
        for (int i = 0; i < kinds.size(); i++) {
            for (int j = 0; j < i; j++) {
                Difference d = levelled.get(kinds.get(i)).from(levelled.get(kinds.get(j)), random);
                pairs++;
                certain += d.certain() ? 1 : 0;
                if (most == null || Math.abs(d.t()) > Math.abs(most.t())) {
                    most = d;
                    pair = "“" + kinds.get(i).name() + "” and “" + kinds.get(j).name() + "”";
                }
            }
        }
        if (most == null) {
            return "";
        }
        return String.format(
                Locale.ROOT,
                "Of %d pairs that should be equal %s. Furthest apart are %s: Δ median %+.0f ns [%+.0f, %+.0f], D %.3f, t %+.1f.",
                pairs,
                certain == 0 ? "none differs with |t| over 4.5" : certain + " differ with |t| over 4.5",
                pair,
                most.medians(),
                most.low(),
                most.high(),
                most.distance(),
                most.t());
    }

    private static String micros(double nanos) {
        return String.format(Locale.ROOT, nanos < 100_000 ? "%.2f" : "%.0f", nanos / 1000);
    }

    private static String processor() throws IOException {
        Path linux = Path.of("/proc/cpuinfo");
        if (!Files.exists(linux)) {
            return "processor unknown";
        }
        try (Stream<String> lines = Files.lines(linux)) {
            return lines.filter(l -> l.startsWith("model name"))
                    .map(l -> l.substring(l.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("processor unknown");
        }
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
