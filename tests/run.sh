#!/usr/bin/env bash
# The one test command: bash tests/run.sh [--long]
# Installs what is missing (root on Debian), prepares Wine and a Windows .NET runtime, builds, runs every suite.
# The last line is "N passed, N failed, N skipped". Read tests/README.md for the rest.
set -uo pipefail
exec </dev/null

repo=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
cd "$repo" || exit 1

say() { printf '== %s\n' "$*"; }

COMIM_LONG=
case "$*" in
    '') ;;
    --long) COMIM_LONG=1 ;;
    *)
        echo "usage: bash tests/run.sh [--long]" >&2
        exit 2
        ;;
esac
export COMIM_LONG

: "${HOME:=$(getent passwd "$(id -u)" | cut -d: -f6)}"
export HOME
cache=${XDG_CACHE_HOME:-$HOME/.cache}/comim
passed=0 failed=0 skipped=0
failures=() wavered=()

# A machine that stalls may fail a test or two of thousands. So many are run once more, alone, and are shown when that is well.
most_wavered=3

# Everything of this run lies in one folder of its own; only NuGet's locks stay where other processes look for them.
export NUGET_SCRATCH=${NUGET_SCRATCH:-${TMPDIR:-/tmp}/NuGetScratch$(id -un)}
run=$(mktemp -d "${TMPDIR:-/tmp}/comim.XXXXXX") || exit 1
mkdir "$run/tmp" "$run/logs" "$run/results"
export TMPDIR=$run/tmp COMIM_LOGS=$run/logs
# Every interop test runs here, so every cell of tests/INTEROP.md must be seen.
export COMIM_INTEROP=whole

. "$repo/tests/setup/packages.sh"
. "$repo/tests/setup/wine.sh"
. "$repo/tests/setup/wine32.sh"

job=
clean_up() {
    trap - EXIT INT TERM HUP
    if [ -n "$job" ]; then
        kill "$job" 2>/dev/null
        wait "$job"
    fi
    allow_services
    end_wine >/dev/null 2>&1
    rm -rf "$run"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

fail() {
    failed=$((failed + 1))
    failures+=("$*")
}
setup_failed() {
    say "$*"
    fail "setup: $*"
}

finish() {
    local line entries
    for line in ${wavered[@]+"${wavered[@]}"}; do
        echo "WAVERED  $line"
    done
    for line in ${failures[@]+"${failures[@]}"}; do
        echo "FAILED   $line"
    done
    if [ $((passed + failed)) = 0 ]; then
        fail "no test ran"
        echo "FAILED   no test ran"
    fi
    if [ $((failed + ${#wavered[@]})) != 0 ] && [ -n "$(ls "$run/results" "$run/logs")" ]; then
        local kept
        kept=$repo/artifacts/failed-$(date -u +%Y%m%d-%H%M%S)-$$
        mkdir -p "$kept" && cp -r "$run/results" "$run/logs" "$kept/" && echo "results and logs: $kept"
    fi
    entries=$(grep -c '^## ' "$repo/tests/WINDOWS-ONLY.md")
    echo "$entries things only real Windows can prove: tests/WINDOWS-ONLY.md"
    [ ${#wavered[@]} = 0 ] || echo "${#wavered[@]} passed only when run again: WAVERED above"
    echo "$passed passed, $failed failed, $skipped skipped"
    [ $failed = 0 ]
    exit
}

# Runs a command so that a signal to this script ends it at once. Usage: watched SECONDS command…
watched() {
    local code
    timeout -k 10 "$@" &
    job=$!
    wait "$job"
    code=$?
    job=
    return $code
}

# The reasons that are right on the machine of CI, too.
allowed_skip() {
    case $1 in
        'needs real Windows'* | 'needs a PowerShell engine'*) return 0 ;;
        *) return 1 ;;
    esac
}

count_results() {
    local outcome name message
    while IFS=$'\t' read -r outcome name message; do
        case $outcome in
            Passed) passed=$((passed + 1)) ;;
            NotExecuted)
                if [ "${CI:-}" = true ] && ! allowed_skip "$message"; then
                    fail "$name: skipped in CI: $message"
                else
                    skipped=$((skipped + 1))
                    echo "skipped  $name: $message"
                fi
                ;;
            *) suite_failures+=("$name"$'\t'"$message") ;;
        esac
    done
}

# Runs the tests of a project that pass a filter; their results are NAME.trx. Usage: run_tests PROJECT NAME SECONDS FILTER
run_tests() {
    watched "$3" dotnet test "$1" -c Release --no-build --nologo -nodeReuse:false ${4:+--filter "$4"} \
        --results-directory "$run/results" --logger "trx;LogFileName=$2.trx" >"$run/logs/$2.txt" 2>&1
}

# What has failed is run once more, alone: what fails again has failed, what passes has wavered, and is shown, too.
rerun_failures() {
    local project=$1 name=$2 limit=$3 entry test filter='' outcome message
    local -A again=()
    [ ${#suite_failures[@]} != 0 ] || return
    if [ $((${#suite_failures[@]} + ${#wavered[@]})) -le $most_wavered ]; then
        for entry in "${suite_failures[@]}"; do
            filter+="${filter:+|}FullyQualifiedName=${entry%%[($'\t']*}"
        done
        say "$name: once more, alone: ${filter//FullyQualifiedName=/}"
        # Of the peers only these are seen now.
        COMIM_INTEROP=
        run_tests "$project" "$name.again" "$limit" "$filter"
        COMIM_INTEROP=whole
        [ ! -f "$run/results/$name.again.trx" ] || while IFS=$'\t' read -r outcome test message; do
            again[$test]=$outcome
        done < <(awk -f "$repo/tests/setup/results.awk" "$run/results/$name.again.trx")
    fi
    for entry in "${suite_failures[@]}"; do
        test=${entry%%$'\t'*} message=${entry#*$'\t'}
        if [ "${again[$test]:-}" = Passed ]; then
            passed=$((passed + 1))
            wavered+=("$test: passed when run again, after: $message")
        else
            fail "$test: $message"
        fi
        again[$test]=Seen
    done
    # Other cases of the same theories.
    for test in ${again[@]+"${!again[@]}"}; do
        [ "${again[$test]}" != Failed ] || fail "$test: failed when the suite's failures were run again"
    done
}

run_suite() {
    local project=$1 name code before=$failed ran=$((passed + failed + skipped)) start=$SECONDS limit=1800 filter='Run!=Long'
    local suite_failures=()
    name=$(basename "$project" .csproj)
    [ -z "$COMIM_LONG" ] || { limit=7200 filter=; }
    run_tests "$project" "$name" $limit "$filter"
    code=$?
    if [ -f "$run/results/$name.trx" ]; then
        count_results < <(awk -f "$repo/tests/setup/results.awk" "$run/results/$name.trx")
    fi
    # A host that died, or ran out of time, leaves results that look complete.
    if [ $code != 0 ] && [ ${#suite_failures[@]} = 0 ] && [ $failed = "$before" ]; then
        fail "$name ended with code $code"
    fi
    if [ ${#suite_failures[@]} != 0 ] || [ $failed != "$before" ]; then
        cat "$run/logs/$name.txt"
    fi
    rerun_failures "$project" "$name" $limit
    say "$name: $((passed + failed + skipped - ran)) tests in $((SECONDS - start)) s"
}

if ! command -v dotnet >/dev/null; then
    setup_failed "the .NET 10 SDK is not on the path"
    finish
fi
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false
# No server of the build outlives this run.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0

install_packages
# The SDK itself needs ICU or must do without; nothing here is localized.
if ! ls /usr/lib/*/libicuuc.so.* /usr/lib*/libicuuc.so.* >/dev/null 2>&1; then
    export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
fi
prepare_wine
[ -z "$COMIM_LONG" ] || prepare_wine32

say "building"
# One build at a time in one checkout.
exec 7>"$repo/tests/.build.lock"
flock 7
watched 1800 dotnet build ComIm.sln -c Release -v q -nologo -nodeReuse:false -p:UseSharedCompilation=false >"$run/logs/build.txt" 2>&1 7>&-
code=$?
exec 7>&-
if [ $code != 0 ]; then
    cat "$run/logs/build.txt"
    fail "the build ended with code $code"
    finish
fi
say "built after $SECONDS s"

for project in tests/*.Tests/*.Tests.csproj; do
    if ! grep -qF "${project//\//\\}" ComIm.sln; then
        fail "$project is not in ComIm.sln"
        continue
    fi
    run_suite "$project"
done
finish
