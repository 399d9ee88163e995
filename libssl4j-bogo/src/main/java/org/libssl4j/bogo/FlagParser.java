// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bogo;

import java.util.List;

/** Reads a shim's arguments: {@code [-on-shim|-on-handshaker][-on-initial|-on-resume|-on-retry]-flag [value]}, a value being the next argument. */
final class FlagParser {
    /** What the first connection is to do. */
    final TestConfig initial = new TestConfig();

    /** What those after it are to do. */
    final TestConfig resume = new TestConfig();

    /** What a client is to do whose early data was rejected. */
    final TestConfig retry = new TestConfig();

    private String name;

    private FlagParser() {}

    /**
     * All arguments.
     *
     * @throws Unimplemented for a flag that is not known
     * @throws ShimFailure for one without the value that it needs
     */
    static FlagParser parse(List<String> arguments) throws Unimplemented, ShimFailure {
        FlagParser p = new FlagParser();
        for (int i = 0; i < arguments.size(); i++) {
            p.name = arguments.get(i);
            p.take("-on-shim");
            boolean forUs = !p.take("-on-handshaker");
            List<TestConfig> to = p.take("-on-initial")
                    ? List.of(p.initial)
                    : p.take("-on-resume")
                            ? List.of(p.resume)
                            : p.take("-on-retry") ? List.of(p.retry) : List.of(p.initial, p.resume, p.retry);
            ShimFlag flag = ShimFlag.of(p.name);
            if (flag == null) {
                throw new Unimplemented(p.name);
            }
            String value = "";
            if (flag.kind() != ShimFlag.Kind.SET) {
                if (++i == arguments.size()) {
                    throw new ShimFailure(ExitCode.MUST_FAIL, "nothing follows " + p.name);
                }
                value = checked(flag, arguments.get(i));
            }
            if (forUs) {
                for (TestConfig c : to) {
                    c.add(flag, value);
                }
            }
        }
        return p;
    }

    private boolean take(String prefix) {
        if (!name.startsWith(prefix + "-")) {
            return false;
        }
        name = name.substring(prefix.length());
        return true;
    }

    private static String checked(ShimFlag flag, String value) throws ShimFailure {
        if (flag.kind() != ShimFlag.Kind.TEXT) {
            try {
                Long.parseUnsignedLong(value);
            } catch (NumberFormatException e) {
                throw new ShimFailure(ExitCode.MUST_FAIL, flag.text() + " wants a number, not " + value);
            }
        }
        return value;
    }
}
