// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.timing;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Takes the times that docs/timing.md is about; admin/timing starts it. It asserts nothing. */
public final class Timing {
    private static final long SEED = 20_240_229;
    private static final int WARM_UP = 2_500;
    private static final int WARM_UP_RSA = 1_000;
    /** The JDK whose distributions are drawn. */
    private static final int DRAWN = 17;

    private final int samples;
    private final Path root;
    private final Path out;

    private Timing(int samples, Path root, Path out) {
        this.samples = samples;
        this.root = root;
        this.out = out;
    }

    /**
     * Measures.
     *
     * @param args the repository's root; where to write; samples of each kind; "write" to renew the documentation as well; "cbc" or "rsa" for that alone
     */
    public static void main(String[] args) throws Exception {
        List<String> words = Arrays.asList(args).subList(3, args.length);
        Timing t = new Timing(Integer.parseInt(args[2]), Path.of(args[0]), Path.of(args[1]));
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        long begin = System.nanoTime();
        List<Panel> cbc = words.contains("rsa") ? List.of() : t.cbc();
        List<Panel> rsa = words.contains("cbc") ? List.of() : t.rsa();
        t.write(cbc, rsa, load, words.contains("write"));
        System.out.printf("measured in %d s%n", (System.nanoTime() - begin) / 1_000_000_000);
    }

    private List<Panel> cbc() throws Exception {
        List<Panel> panels = new ArrayList<>();
        // Each suite by itself, for they have no times to compare; in one go they would thrash each other's caches.
        List<Panel> layer = CbcPanels.ofTheRecordLayer(new Random(SEED));
        for (int i = 0; i < layer.size(); i += 2) {
            panels.addAll(measure(layer.subList(i, Math.min(i + 2, layer.size())), WARM_UP));
        }
        panels.addAll(measure(List.of(CbcPanels.ofAServer(new Random(SEED))), WARM_UP));
        return panels;
    }

    private List<Panel> rsa() throws Exception {
        return measure(List.of(RsaPanels.ofAServer(new Random(SEED), 2_048)), WARM_UP_RSA);
    }

    private List<Panel> measure(List<Panel> panels, int warmUp) throws Exception {
        long begin = System.nanoTime();
        new Interleaving(panels, SEED).run(warmUp, samples);
        for (Panel p : panels) {
            System.out.println(p.title());
        }
        System.out.printf("  %.1f s%n", (System.nanoTime() - begin) / 1e9);
        return panels;
    }

    private void write(List<Panel> cbc, List<Panel> rsa, double load, boolean renew) throws IOException {
        List<Panel> all = new ArrayList<>(cbc);
        all.addAll(rsa);
        String report = Report.of(all, samples, SEED, load);
        Files.createDirectories(out);
        Files.writeString(out.resolve("timing.md"), report);
        draw(out, cbc, rsa);
        if (renew) {
            int jdk = Runtime.version().feature();
            renew(root.resolve("docs/timing.md"), jdk, report);
            if (jdk == DRAWN) {
                draw(root.resolve("docs"), cbc, rsa);
            }
        }
    }

    private void draw(Path directory, List<Panel> cbc, List<Panel> rsa) throws IOException {
        String jdk = String.format(", %,d samples of each kind, JDK %s", samples, System.getProperty("java.version"));
        if (!cbc.isEmpty()) {
            Files.writeString(directory.resolve("timing-cbc.svg"), Drawing.of("Records under CBC" + jdk, cbc));
        }
        if (!rsa.isEmpty()) {
            Files.writeString(
                    directory.resolve("timing-rsa.svg"), Drawing.of("Encrypted premaster secrets" + jdk, rsa));
        }
    }

    /** Puts the report between the marks of this JDK. */
    private static void renew(Path file, int jdk, String report) throws IOException {
        String begin = "<!-- measured on JDK " + jdk + " -->\n";
        String end = "<!-- end of JDK " + jdk + " -->";
        String text = Files.readString(file);
        int from = text.indexOf(begin);
        int to = text.indexOf(end);
        if (from < 0 || to < from) {
            throw new IOException(file + " has no place for JDK " + jdk + ": no line " + begin.strip());
        }
        Files.writeString(file, text.substring(0, from + begin.length()) + "\n" + report + "\n" + text.substring(to));
    }
}
