// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.timing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Draws panels as SVG: on the left the cumulative distribution of each kind, on the right by how much each share of it differs from the reference, which the eye sees better.
 */
final class Drawing {
    private static final String[] COLOURS = {
        "#000000", "#888888", "#1f77b4", "#d62728", "#2ca02c", "#9467bd", "#ff7f0e", "#17becf", "#e377c2", "#8c564b",
        "#bcbd22"
    };
    private static final int WIDTH = 1_220;
    private static final int PLOT = 350;
    private static final int HEIGHT = 190;
    private static final int LEFT = 60;
    private static final int RIGHT = 520;
    private static final int LEGEND = 900;
    private static final int PITCH = 275;
    private static final int TOP = 84; // of the first plot
    private static final int POINTS = 80;
    private static final double LEAST = 0.01;
    private static final double MOST = 0.95;

    private final StringBuilder svg = new StringBuilder();

    private Drawing() {}

    static String of(String title, List<Panel> panels) {
        Drawing d = new Drawing();
        int height = TOP + PITCH * panels.size();
        d.put(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">",
                WIDTH, height);
        d.put("<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>", WIDTH, height);
        d.text(LEFT - 40, 28, "start", "font-size=\"17\"", title);
        for (int i = 0; i < panels.size(); i++) {
            d.panel(panels.get(i), TOP + i * PITCH);
        }
        d.put("</svg>");
        return d.svg.toString();
    }

    private void panel(Panel p, int top) {
        text(LEFT - 40, top - 24, "start", "font-size=\"14\" font-weight=\"bold\"", p.title());
        text(LEFT - 40, top - 8, "start", "fill=\"#555555\"", p.about());
        Scale time = time(p);
        Scale share = new Scale(0, 1, 0.25);
        text(LEFT, top + HEIGHT + 33, "start", "fill=\"#555555\"", "share of samples that took less than so long");
        plot(LEFT, top, time, share, "µs");
        Map<Kind, Sample> levelled = p.levelled();
        double spread = spread(p, levelled);
        double unit = spread > 5_000 ? 1_000 : 1;
        Scale difference = Scale.of(-spread / unit, spread / unit);
        text(
                RIGHT,
                top + HEIGHT + 33,
                "start",
                "fill=\"#555555\"",
                "difference from the first kind in " + (unit > 1 ? "µs" : "ns") + ", by share of samples");
        plot(RIGHT, top, share, difference, "");
        for (int i = 0; i < p.kinds().size(); i++) {
            curves(p, i, top, time, difference, unit, levelled);
        }
    }

    private void curves(
            Panel p, int i, int top, Scale time, Scale difference, double unit, Map<Kind, Sample> levelled) {
        Kind k = p.kinds().get(i);
        Sample s = k.sample();
        String style = String.format(
                Locale.ROOT,
                "stroke=\"%s\" stroke-width=\"%s\"%s",
                COLOURS[i % COLOURS.length],
                i == 0 ? "2.4" : "1.3",
                k.claim() == Kind.Claim.PUBLIC ? " stroke-dasharray=\"5 3\"" : "");
        Path cumulative = new Path();
        Path shift = new Path();
        Sample reference = levelled.get(p.reference());
        for (int n = 0; n <= POINTS; n++) {
            double q = LEAST + (0.99 - LEAST) * n / POINTS;
            double x = s.quantile(q) / 1000;
            if (time.holds(x)) {
                cumulative.add(LEFT + PLOT * time.at(x), top + HEIGHT * (1 - q));
            }
            double d = (levelled.get(k).quantile(q) - reference.quantile(q)) / unit;
            if (i > 0 && q <= MOST && difference.holds(d)) {
                shift.add(RIGHT + PLOT * q, top + HEIGHT * (1 - difference.at(d)));
            } else {
                shift.lift();
            }
        }
        cumulative.draw(style);
        shift.draw(style);
        boolean outside = !time.holds(s.median() / 1000);
        int y = top + 8 + 17 * i;
        put("<path d=\"M%d %dh26\" %s/>", LEGEND, y - 4, style);
        text(
                LEGEND + 33,
                y,
                "start",
                "",
                k.name() + (outside ? String.format(Locale.ROOT, " (at %.1f µs)", s.median() / 1000) : ""));
    }

    /** Wide enough for what should be equal. */
    private static Scale time(Panel p) {
        double low = p.equal().stream()
                .mapToDouble(k -> k.sample().quantile(LEAST))
                .min()
                .orElse(0);
        double high = p.equal().stream()
                .mapToDouble(k -> k.sample().quantile(MOST))
                .max()
                .orElse(1);
        return Scale.of(low / 1000, high / 1000);
    }

    /** Wide enough for nine tenths of what is to be seen: where few samples are, curves go anywhere. */
    private static double spread(Panel p, Map<Kind, Sample> levelled) {
        Sample reference = levelled.get(p.reference());
        List<Double> all = new ArrayList<>();
        for (Kind k : p.equal()) {
            for (double q = 0.05; k != p.reference() && q <= 0.9; q += 0.05) {
                all.add(Math.abs(levelled.get(k).quantile(q) - reference.quantile(q)));
            }
        }
        Collections.sort(all);
        return Math.max(20, 1.5 * all.get((int) (0.9 * all.size())));
    }

    // ---- axes ------------------------------------------------------------------------------------------------------

    private record Scale(double low, double high, double step) {
        /** From below {@code from} to above {@code to} in round steps. */
        static Scale of(double from, double to) {
            double raw = (to - from) / 5;
            double ten = Math.pow(10, Math.floor(Math.log10(raw)));
            double step = ten * (raw <= ten ? 1 : raw <= 2 * ten ? 2 : raw <= 5 * ten ? 5 : 10);
            return new Scale(Math.floor(from / step) * step, Math.ceil(to / step) * step, step);
        }

        double at(double value) {
            return (value - low) / (high - low);
        }

        boolean holds(double value) {
            return value >= low && value <= high;
        }

        int steps() {
            return (int) Math.round((high - low) / step);
        }

        String label(int n) {
            double v = low + n * step;
            int digits = step >= 1 ? 0 : step >= 0.1 && step != 0.25 ? 1 : 2;
            return String.format(Locale.ROOT, "%." + digits + "f", v + 0.0);
        }
    }

    private void plot(int left, int top, Scale x, Scale y, String unit) {
        put(
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"none\" stroke=\"#999999\"/>",
                left, top, PLOT, HEIGHT);
        for (int n = 0; n <= x.steps(); n++) {
            double at = left + (double) PLOT * n / x.steps();
            put("<path d=\"M%.1f %dv%d\" stroke=\"#e4e4e4\"/>", at, top, HEIGHT);
            text(at, top + HEIGHT + 16, "middle", "", x.label(n) + (n == x.steps() ? " " + unit : ""));
        }
        for (int n = 0; n <= y.steps(); n++) {
            double at = top + HEIGHT - (double) HEIGHT * n / y.steps();
            put("<path d=\"M%d %.1fh%d\" stroke=\"#e4e4e4\"/>", left, at, PLOT);
            text(left - 6, at + 4, "end", "", y.label(n));
        }
    }

    private final class Path {
        private final StringBuilder d = new StringBuilder();
        private boolean drawing;
        private long atX; // in tenths
        private long atY;

        void add(double x, double y) {
            long toX = Math.round(10 * x);
            long toY = Math.round(10 * y);
            if (drawing) {
                d.append(String.format(Locale.ROOT, "l%s %s", tenths(toX - atX), tenths(toY - atY)));
            } else {
                d.append(String.format(Locale.ROOT, "M%s %s", tenths(toX), tenths(toY)));
            }
            atX = toX;
            atY = toY;
            drawing = true;
        }

        private static String tenths(long n) {
            return n % 10 == 0 ? Long.toString(n / 10) : String.format(Locale.ROOT, "%.1f", n / 10.0);
        }

        void lift() {
            drawing = false;
        }

        void draw(String style) {
            if (d.length() > 0) {
                put("<path d=\"%s\" fill=\"none\" stroke-linejoin=\"round\" %s/>", d, style);
            }
        }
    }

    private void text(double x, double y, String anchor, String style, String text) {
        if (!text.isEmpty()) {
            put("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" %s>%s</text>", x, y, anchor, style, text);
        }
    }

    private void put(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
