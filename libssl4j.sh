#!/usr/bin/env bash
# Runs the command line of libssl4j; builds it first when it is not there or when a source is newer.
set -u

script=${BASH_SOURCE[0]}
while [ -L "$script" ]; do
    target=$(readlink "$script")
    case $target in
        /*) script=$target ;;
        *) script=$(dirname "$script")/$target ;;
    esac
done
root=$(cd "$(dirname "$script")" && pwd -P) || exit 1
target=$root/libssl4j-cli/target
app=$target/app

fail() {
    echo "libssl4j: $*" >&2
    exit 1
}

if [ -n "${JAVA_HOME:-}" ]; then
    java=$JAVA_HOME/bin/java
    [ -x "$java" ] || fail "JAVA_HOME has no bin/java: $JAVA_HOME"
else
    java=$(command -v java) || fail "no Java found: set JAVA_HOME, or put java on PATH (17 or newer)"
fi

# "built" bears the time at which the last good build began.
fresh() {
    [ -f "$app/built" ] || return 1
    [ -z "$(find "$root"/pom.xml "$root"/*/pom.xml "$root"/*/src/main \
        -newer "$app/built" -print 2>/dev/null | head -n 1)" ]
}

build() {
    command -v mvn >/dev/null || fail "Maven (mvn) is needed to build"
    rm -rf "$target/app.new"
    mkdir -p "$target/app.new" || exit 1
    touch "$target/app.new/built"
    if ! mvn -B -f "$root/pom.xml" -Papp -pl libssl4j-cli -am -Dapp.directory="$target/app.new" package \
        >"$target/app.log" 2>&1 </dev/null; then
        cat "$target/app.log" >&2
        fail "the build failed"
    fi
    cp "$target"/libssl4j-cli-*.jar "$target/app.new/" || exit 1
    # A program that runs from the old jars keeps them until it ends.
    rm -rf "$target/app.old"
    if [ -d "$app" ]; then mv "$app" "$target/app.old" || exit 1; fi
    mv "$target/app.new" "$app" || exit 1
}

if ! fresh; then
    mkdir -p "$target" || exit 1
    (
        # Of two first uses at a time one builds, and the other waits for it.
        if command -v flock >/dev/null; then flock 9 || exit 1; fi
        fresh || build
    ) 9>"$target/app.lock" || exit 1
fi

# The class path and not the module path: reading bcprov as a module takes four times as long as all the rest of the start.
class_path=
for jar in "$app"/libssl4j-*.jar; do class_path+=$jar:; done

# LIBSSL4J_JAVA_OPTS: flags for the Java virtual machine, split at blanks.
# shellcheck disable=SC2086
exec "$java" ${LIBSSL4J_JAVA_OPTS:-} -cp "$class_path$app/*" org.libssl4j.cli.Main "$@"
